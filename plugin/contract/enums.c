/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The GTypes of the enumerations, for properties and for other languages. */
#include <comptoir/comptoir-channel.h>
#include <comptoir/comptoir-error.h>
#include <comptoir/comptoir-host.h>

G_DEFINE_ENUM_TYPE(ComptoirError,
                   comptoir_error,
                   G_DEFINE_ENUM_VALUE(COMPTOIR_ERROR_INVALID, "invalid"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_ERROR_NOT_CONFIGURED, "not-configured"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_ERROR_UNAUTHORIZED, "unauthorized"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_ERROR_UNREACHABLE, "unreachable"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_ERROR_BUSY, "busy"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_ERROR_REJECTED, "rejected"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_ERROR_CONFLICT, "conflict"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_ERROR_PROTOCOL, "protocol"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_ERROR_STORAGE, "storage"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_ERROR_VERSION, "version"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_ERROR_NOT_SUPPORTED, "not-supported"))

G_DEFINE_ENUM_TYPE(ComptoirStatus,
                   comptoir_status,
                   G_DEFINE_ENUM_VALUE(COMPTOIR_STATUS_CLOSED, "closed"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_STATUS_NOT_CONFIGURED, "not-configured"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_STATUS_READY, "ready"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_STATUS_OFFLINE, "offline"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_STATUS_BLOCKED, "blocked"))

G_DEFINE_ENUM_TYPE(ComptoirOperation,
                   comptoir_operation,
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_SUBMIT_SALE, "submit-sale"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_CANCEL_SALE, "cancel-sale"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_PLAN, "plan"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_APPLY_PLAN, "apply-plan"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_UNDO, "undo"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_DIAGNOSE, "diagnose"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_CLOSE_DAY, "close-day"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_SUGGEST, "suggest"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_LINK, "link"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_UNLINK, "unlink"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_EXPORT, "export"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_SET_TOKEN, "set-token"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_DISCONNECT, "disconnect"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_CHANGE_SETTINGS, "change-settings"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_RUN, "run"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_PLAN_ERASURE, "plan-erasure"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_OPERATION_ERASE_CUSTOMER, "erase-customer"))

G_DEFINE_ENUM_TYPE(ComptoirDisconnectPolicy,
                   comptoir_disconnect_policy,
                   G_DEFINE_ENUM_VALUE(COMPTOIR_DISCONNECT_KEEP_QUEUE, "keep-queue"),
                   G_DEFINE_ENUM_VALUE(COMPTOIR_DISCONNECT_PARK_QUEUE, "park-queue"))

G_DEFINE_FLAGS_TYPE(ComptoirHostFeatures,
                    comptoir_host_features,
                    G_DEFINE_ENUM_VALUE(COMPTOIR_HOST_LIST_ARTICLES, "list-articles"),
                    G_DEFINE_ENUM_VALUE(COMPTOIR_HOST_LIST_SALES, "list-sales"),
                    G_DEFINE_ENUM_VALUE(COMPTOIR_HOST_APPLY_ARTICLES, "apply-articles"),
                    G_DEFINE_ENUM_VALUE(COMPTOIR_HOST_RECORD_SALES, "record-sales"),
                    G_DEFINE_ENUM_VALUE(COMPTOIR_HOST_LIST_CUSTOMERS, "list-customers"),
                    G_DEFINE_ENUM_VALUE(COMPTOIR_HOST_LIST_PAYMENT_METHODS, "list-payment-methods"),
                    G_DEFINE_ENUM_VALUE(COMPTOIR_HOST_LIST_TAXES, "list-taxes"),
                    G_DEFINE_ENUM_VALUE(COMPTOIR_HOST_LIST_SHIPMENTS, "list-shipments"),
                    G_DEFINE_ENUM_VALUE(COMPTOIR_HOST_SECRETS, "secrets"),
                    G_DEFINE_ENUM_VALUE(COMPTOIR_HOST_LIST_SALE_STATUSES, "list-sale-statuses"))
