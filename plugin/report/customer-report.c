/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is kept of a customer, as it is kept: JSON, which a program can read and a person as well.
 */
#include "report/customer-report.h"

#include "report/day-report.h"

/**
 * shopcaisse_customer_report_to_json:
 * @report: what is kept
 *
 * Writes it as a day's report is written.
 *
 * Returns: (transfer full): the text
 */
char *
shopcaisse_customer_report_to_json(GVariant *report)
{
  return shopcaisse_day_report_to_json(report);
}
