-- Containment orders, whom the automatic ones hit, what became of them, and playbooks' progress.
CREATE TABLE containment_order (
  number BIGINT NOT NULL PRIMARY KEY,
  kind VARCHAR(40) NOT NULL,
  target VARCHAR(400) NOT NULL,
  incident VARCHAR(40),
  author VARCHAR(200) NOT NULL,
  reason VARCHAR(2000) NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  released_at BIGINT,
  released_by VARCHAR(200),
  released_reason VARCHAR(2000),
  expired_at BIGINT
);

CREATE INDEX containment_order_target ON containment_order (kind, target);
CREATE INDEX containment_order_expiry ON containment_order (expires_at);

-- Accounts that an automatic order hit when it was made: the budget counts them while it lasts,
-- also when they are no longer seen because it keeps them out.
CREATE TABLE containment_hit (
  order_number BIGINT NOT NULL REFERENCES containment_order (number),
  account VARCHAR(400) NOT NULL,
  PRIMARY KEY (order_number, account)
);

CREATE TABLE containment_event (
  order_number BIGINT NOT NULL REFERENCES containment_order (number),
  event VARCHAR(20) NOT NULL,
  at BIGINT NOT NULL,
  author VARCHAR(200) NOT NULL,
  reason VARCHAR(2000) NOT NULL,
  PRIMARY KEY (order_number, event)
);

-- What is still to be written into an incident's timeline: put here in the transaction of the
-- change itself, so that no crash lets the two part.
CREATE TABLE timeline_outbox (
  number BIGINT NOT NULL PRIMARY KEY,
  incident VARCHAR(40) NOT NULL,
  at BIGINT NOT NULL,
  author VARCHAR(200) NOT NULL,
  kind VARCHAR(40) NOT NULL,
  text VARCHAR(4000) NOT NULL
);

CREATE TABLE playbook_run (
  number BIGINT NOT NULL PRIMARY KEY,
  incident VARCHAR(40) NOT NULL,
  playbook VARCHAR(200) NOT NULL,
  started_at BIGINT NOT NULL,
  UNIQUE (incident, playbook)
);

CREATE TABLE playbook_step (
  run BIGINT NOT NULL REFERENCES playbook_run (number),
  step INTEGER NOT NULL,
  name VARCHAR(40) NOT NULL,
  state VARCHAR(20) NOT NULL,
  attempts INTEGER NOT NULL,
  text VARCHAR(4000) NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (run, step)
);

CREATE INDEX playbook_step_state ON playbook_step (state);

-- Signals that were answered.
CREATE TABLE playbook_signal (
  signal VARCHAR(400) NOT NULL PRIMARY KEY,
  incident VARCHAR(40) NOT NULL,
  at BIGINT NOT NULL
);

CREATE INDEX playbook_signal_incident ON playbook_signal (incident);
