-- SPDX-License-Identifier: LGPL-2.1-or-later
-- The first schema. Times are UTC microseconds since 1970, amounts are cents, quantities thousandths.

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- How far a flow has come, by flow and place.
CREATE TABLE cursor (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Every exchange with the service, before it happens.
CREATE TABLE outbox (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  kind       TEXT NOT NULL,
  version    INTEGER NOT NULL,
  key        TEXT NOT NULL UNIQUE,
  lane       TEXT NOT NULL,
  lane_width INTEGER NOT NULL,
  priority   INTEGER NOT NULL,
  store_id   TEXT NOT NULL,
  subject    TEXT NOT NULL,
  run        INTEGER NOT NULL,
  args       TEXT NOT NULL,
  path       TEXT,
  body       BLOB,
  sha256     TEXT,
  state      TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'held', 'parked', 'settled')),
  reason     TEXT NOT NULL DEFAULT '',
  message    TEXT NOT NULL DEFAULT '',
  attempts   INTEGER NOT NULL DEFAULT 0,
  due_at     INTEGER NOT NULL,
  unknown_at INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  settled_at INTEGER NOT NULL DEFAULT 0
);
-- Covers the choice of the next job: no row is read for those that may not go yet.
CREATE INDEX outbox_waiting ON outbox (lane, store_id, lane_width, priority, id, due_at)
  WHERE state = 'waiting';
CREATE INDEX outbox_sending ON outbox (lane) WHERE state = 'sending';
CREATE INDEX outbox_state ON outbox (state, kind);
CREATE INDEX outbox_run ON outbox (run, state) WHERE run <> 0;

-- Stores at which nothing is sent for now, and why.
CREATE TABLE block (
  store_id TEXT NOT NULL,
  reason   TEXT NOT NULL,
  message  TEXT NOT NULL,
  since    INTEGER NOT NULL,
  until    INTEGER NOT NULL, -- 0: until it is taken away
  PRIMARY KEY (store_id, reason)
) WITHOUT ROWID;

-- The host's sales that were taken over, and what became of them.
CREATE TABLE sale (
  sale_id       TEXT NOT NULL PRIMARY KEY,
  payload       BLOB NOT NULL,
  number        TEXT NOT NULL,
  till          TEXT NOT NULL,
  sold_at       INTEGER NOT NULL,
  total_minor   INTEGER NOT NULL,
  store_id      TEXT NOT NULL,
  generation    INTEGER NOT NULL DEFAULT 0,
  order_id      TEXT NOT NULL,
  discriminator TEXT NOT NULL,
  external_id   TEXT,
  state         TEXT NOT NULL,
  kitchen       TEXT NOT NULL DEFAULT '',
  fiscal        TEXT NOT NULL DEFAULT '',
  receipt_id    TEXT,
  document_id   TEXT,
  reason        TEXT NOT NULL DEFAULT '',
  message       TEXT NOT NULL DEFAULT '',
  progress      INTEGER NOT NULL DEFAULT 1,
  told          INTEGER NOT NULL DEFAULT 0,
  submitted_at  INTEGER NOT NULL,
  sent_at       INTEGER NOT NULL DEFAULT 0,
  changed_at    INTEGER NOT NULL
);
CREATE UNIQUE INDEX sale_order ON sale (order_id);
CREATE INDEX sale_external ON sale (external_id);
CREATE INDEX sale_receipt ON sale (receipt_id);
CREATE INDEX sale_document ON sale (document_id);
CREATE INDEX sale_number ON sale (number);
CREATE INDEX sale_sold ON sale (sold_at, sale_id);
CREATE INDEX sale_state ON sale (state, sold_at, sale_id);
CREATE INDEX sale_store ON sale (store_id, sold_at, sale_id);
CREATE INDEX sale_open ON sale (store_id, sold_at)
  WHERE (state IN ('sent', 'cancelling') OR (state = 'parked' AND external_id IS NOT NULL))
    AND fiscal <> 'finalised';
-- Refunds that a person has to make on the till: engine/refund.h.
CREATE INDEX sale_refund ON sale (sale_id) WHERE reason = 'refund';
CREATE INDEX sale_untold ON sale (changed_at, sale_id) WHERE told < progress;

-- What became of each sale, in order. Triggers write it, so that no change is left out; 'host',
-- the program's own word for it, and 'shipment' are written where they come in. The same once more, as when a try
-- fails like the one before it, counts on the row there is.
CREATE TABLE sale_event (
  id       INTEGER PRIMARY KEY,
  sale_id  TEXT NOT NULL,
  kind     TEXT NOT NULL CHECK (kind IN ('state', 'kitchen', 'fiscal', 'host', 'shipment')),
  word     TEXT NOT NULL,
  reason   TEXT NOT NULL DEFAULT '',
  message  TEXT NOT NULL DEFAULT '',
  first_at INTEGER NOT NULL,
  last_at  INTEGER NOT NULL,
  times    INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX sale_event_sale ON sale_event (sale_id, id);

CREATE TRIGGER sale_taken_over AFTER INSERT ON sale BEGIN
  INSERT INTO sale_event (sale_id, kind, word, reason, message, first_at, last_at)
  VALUES (NEW.sale_id, 'state', NEW.state, NEW.reason, NEW.message, NEW.changed_at, NEW.changed_at);
END;
-- That it is being sent is no news: what comes of it is. One trigger: several would run in any order.
CREATE TRIGGER sale_changed AFTER UPDATE OF state, reason, message, kitchen, fiscal ON sale BEGIN
  UPDATE sale_event SET times = times + 1, last_at = NEW.changed_at
  WHERE id = (SELECT max(id) FROM sale_event WHERE sale_id = NEW.sale_id)
    AND kind = 'state' AND word = NEW.state AND reason = NEW.reason AND message = NEW.message
    AND (NEW.state <> OLD.state OR NEW.reason <> OLD.reason OR NEW.message <> OLD.message);
  INSERT INTO sale_event (sale_id, kind, word, reason, message, first_at, last_at)
  SELECT NEW.sale_id, 'state', NEW.state, NEW.reason, NEW.message, NEW.changed_at, NEW.changed_at
  WHERE changes() = 0 AND NEW.state <> 'sending'
    AND (NEW.state <> OLD.state OR NEW.reason <> OLD.reason OR NEW.message <> OLD.message);
  INSERT INTO sale_event (sale_id, kind, word, first_at, last_at)
  SELECT NEW.sale_id, 'kitchen', NEW.kitchen, NEW.changed_at, NEW.changed_at
  WHERE NEW.kitchen <> OLD.kitchen;
  INSERT INTO sale_event (sale_id, kind, word, first_at, last_at)
  SELECT NEW.sale_id, 'fiscal', NEW.fiscal, NEW.changed_at, NEW.changed_at
  WHERE NEW.fiscal <> OLD.fiscal;
END;

-- Organisations, companies, stores and registers that the token sees.
CREATE TABLE place (
  kind      INTEGER NOT NULL,
  id        TEXT NOT NULL,
  parent_id TEXT,
  name      TEXT NOT NULL,
  country   TEXT,
  city      TEXT,
  active    INTEGER NOT NULL,
  configuration_mode INTEGER NOT NULL,
  sweep     INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- The service's catalogue as last read. `sweep` is the pull that saw the row last. Rows are in the
-- order they came in: one page of a pull touches few pages of the file.
CREATE TABLE item (
  id               TEXT NOT NULL PRIMARY KEY,
  company_id       TEXT,
  name             TEXT NOT NULL,
  type             TEXT NOT NULL,
  unit             TEXT NOT NULL,
  reference        TEXT NOT NULL,
  barcodes         TEXT NOT NULL,
  price_minor      INTEGER,
  deleted          INTEGER NOT NULL,
  manage_stock     INTEGER NOT NULL,
  family_id        TEXT,
  family_name      TEXT,
  vat_on_site_bp   INTEGER NOT NULL,
  vat_take_away_bp INTEGER NOT NULL,
  parent_id        TEXT,
  search           TEXT NOT NULL, -- name, reference, barcodes, folded, one a line
  description      TEXT,
  flags            INTEGER NOT NULL,
  digest           INTEGER NOT NULL,
  sweep            INTEGER NOT NULL
);
-- Lists by name and searches read nothing else; for that the last column has to be there.
CREATE INDEX item_search ON item (search, id, deleted) WHERE deleted = 0;
CREATE INDEX item_parent ON item (parent_id) WHERE parent_id IS NOT NULL;
-- Both count: what is there, without reading it.
CREATE INDEX item_seen ON item (sweep);
CREATE INDEX item_deleted ON item (deleted) WHERE deleted <> 0;

-- The last two pulls of a company's items that were complete: what neither saw is gone.
CREATE TABLE item_sweep (
  company_id TEXT PRIMARY KEY,
  last       INTEGER NOT NULL,
  before     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE family (
  id         TEXT PRIMARY KEY,
  company_id TEXT NOT NULL,
  name       TEXT NOT NULL,
  technical  INTEGER NOT NULL,
  sweep      INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE price_list (
  id         TEXT PRIMARY KEY,
  company_id TEXT NOT NULL,
  store_id   TEXT,
  name       TEXT NOT NULL,
  sweep      INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE price (
  list_id     TEXT NOT NULL,
  item_id     TEXT NOT NULL,
  price_minor INTEGER,
  sweep       INTEGER NOT NULL,
  PRIMARY KEY (list_id, item_id)
) WITHOUT ROWID;

CREATE TABLE stock (
  store_id       TEXT NOT NULL,
  item_id        TEXT NOT NULL,
  stock_milli    INTEGER NOT NULL,
  reserved_milli INTEGER NOT NULL,
  read_at        INTEGER NOT NULL,
  sweep          INTEGER NOT NULL,
  PRIMARY KEY (store_id, item_id)
) WITHOUT ROWID;

-- The host's articles as last read.
CREATE TABLE article (
  id          TEXT NOT NULL PRIMARY KEY,
  name        TEXT NOT NULL,
  variant     TEXT NOT NULL,
  reference   TEXT NOT NULL,
  barcodes    TEXT NOT NULL,
  price_minor INTEGER,
  vat_bp      INTEGER NOT NULL,
  stock_milli INTEGER,
  external_id TEXT NOT NULL,
  search      TEXT NOT NULL,
  deleted     INTEGER NOT NULL,
  digest      INTEGER NOT NULL,
  sweep       INTEGER NOT NULL
);
CREATE INDEX article_search ON article (search, id, deleted) WHERE deleted = 0;
CREATE INDEX article_external ON article (external_id, id) WHERE external_id <> '';

-- Normalised references and barcodes of both sides, for matching.
CREATE TABLE match_key (
  side  TEXT NOT NULL CHECK (side IN ('item', 'article')),
  kind  TEXT NOT NULL CHECK (kind IN ('barcode', 'reference')),
  value TEXT NOT NULL,
  id    TEXT NOT NULL,
  PRIMARY KEY (side, kind, value, id)
) WITHOUT ROWID;
CREATE INDEX match_key_id ON match_key (side, id);

CREATE TABLE link (
  article_id TEXT PRIMARY KEY,
  item_id    TEXT NOT NULL UNIQUE,
  method     TEXT NOT NULL,
  linked_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX link_method ON link (method);

CREATE TABLE plan (
  id         TEXT PRIMARY KEY,
  state      TEXT NOT NULL CHECK (state IN ('planned', 'applying', 'applied', 'undone')),
  created_at INTEGER NOT NULL,
  applied_at INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE plan_line (
  plan_id    TEXT NOT NULL,
  position   INTEGER NOT NULL,
  change     TEXT NOT NULL CHECK (change IN ('create', 'update', 'delete', 'link', 'ambiguous')),
  article_id TEXT NOT NULL,
  item_id    TEXT NOT NULL,
  name       TEXT NOT NULL,
  before     TEXT NOT NULL,
  after      TEXT NOT NULL,
  reason     TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('planned', 'skipped', 'done', 'failed', 'undone')),
  message    TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (plan_id, position)
) WITHOUT ROWID;
-- Counts and filters read nothing else.
CREATE INDEX plan_line_state ON plan_line (plan_id, position, change, state);

-- Fiscal documents and shifts of the till.
CREATE TABLE ticket (
  id          TEXT NOT NULL PRIMARY KEY,
  store_id    TEXT NOT NULL,
  number      TEXT NOT NULL,
  type        TEXT NOT NULL,
  status      TEXT NOT NULL,
  phase       INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  shift_id    TEXT,
  pos_id      TEXT,
  total_minor INTEGER NOT NULL,
  lines       TEXT NOT NULL,
  payments    TEXT NOT NULL,
  sale_id     TEXT NOT NULL DEFAULT '',
  parent_id   TEXT,
  is_late     INTEGER NOT NULL DEFAULT 0,
  recorded    INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX ticket_parent ON ticket (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX ticket_at ON ticket (store_id, at, id);
CREATE INDEX ticket_unrecorded ON ticket (at, id) WHERE recorded = 0;

-- The host may have it as the till's own: it is given once more, as that sale's.
CREATE TRIGGER sale_receipt AFTER UPDATE OF receipt_id, document_id ON sale
WHEN NEW.receipt_id IS NOT OLD.receipt_id OR NEW.document_id IS NOT OLD.document_id BEGIN
  UPDATE ticket SET recorded = 0
  WHERE id IN (NEW.receipt_id, NEW.document_id) AND sale_id <> NEW.sale_id AND recorded <> 0;
END;

-- Orders as the service last listed them, whoever made them. `sweep` is the poll that saw the row.
CREATE TABLE listed_order (
  id          TEXT NOT NULL PRIMARY KEY,
  store_id    TEXT NOT NULL,
  pos_id      TEXT NOT NULL,
  order_id    TEXT NOT NULL,
  is_ours     INTEGER NOT NULL,
  is_test     INTEGER NOT NULL,
  status      TEXT NOT NULL,
  goods_minor INTEGER,
  paid_minor  INTEGER,
  receipt_id  TEXT,
  document_id TEXT,
  pickup_at   INTEGER NOT NULL,
  sweep       INTEGER NOT NULL
);
CREATE INDEX listed_order_pickup ON listed_order (store_id, pickup_at, id);

-- Parcels of the host's sales.
CREATE TABLE shipment (
  id      TEXT NOT NULL PRIMARY KEY,
  sale_id TEXT NOT NULL,
  carrier TEXT NOT NULL,
  number  TEXT NOT NULL,
  sent_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX shipment_sale ON shipment (sale_id, sent_at);

CREATE TABLE shift (
  id       TEXT PRIMARY KEY,
  store_id TEXT NOT NULL,
  pos_id   TEXT,
  status   TEXT NOT NULL,
  phase    INTEGER NOT NULL,
  start_at INTEGER NOT NULL,
  end_at   INTEGER NOT NULL,
  sequence INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX shift_start ON shift (store_id, start_at);

-- Customers who are being erased, and files that are to be washed behind one. Empty when nothing is
-- underway: who was erased is written nowhere.
CREATE TABLE erasure (
  id       INTEGER PRIMARY KEY,
  customer TEXT NOT NULL -- "" once nothing but washing is left
);

-- What happened, for the merchant. Never a token, a name or an address.
CREATE TABLE journal (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  at      INTEGER NOT NULL,
  level   TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
  flow    TEXT NOT NULL,
  subject TEXT NOT NULL,
  text    TEXT NOT NULL
);
CREATE INDEX journal_subject ON journal (subject);
CREATE INDEX journal_level ON journal (level) WHERE level <> 'info';
