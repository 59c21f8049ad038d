-- What a settlement writes, in SQL that PostgreSQL and H2 both take. A settlement's rows are written in one transaction or not at all.

-- The rules that answered: a ruleset's hash and the settings over it.
create table if not exists rules (
    no bigint generated always as identity primary key,
    name varchar(200) not null,
    version varchar(200) not null,
    sha256 char(64) not null,
    scenario varchar(20000) not null,
    unique (sha256, scenario)
);

create sequence if not exists settlement_turn;

-- A claim that was settled, once, however often it was sent. rules: those that it stands under. turn: settlements that share a counter
-- were settled in this order (not in that of no, which is given before counters are locked).
create table if not exists settlement (
    no bigint generated always as identity primary key,
    plan varchar(200) not null,
    claim_id varchar(200) not null,
    claim varchar(100000) not null,
    rules bigint not null references rules,
    turn bigint not null default 0,
    standing boolean not null default true,
    unique (plan, claim_id)
);

-- Each decision on it: the first, and one for every change of rules; the last one stands.
create table if not exists decision (
    no bigint generated always as identity primary key,
    settlement bigint not null references settlement,
    rules bigint not null references rules,
    outcome varchar(20) not null,
    total numeric(18, 2),
    decision varchar(1000000) not null,
    explanation varchar(1000000) not null
);
create index if not exists decision_of on decision (settlement);

-- A counter. amount: as text, so that numbers, days and flags fit; null: not begun. moved_by: the settlement that left it so.
-- rules: those under which it was left.
create table if not exists counter (
    no bigint generated always as identity primary key,
    plan varchar(200) not null,
    name varchar(200) not null,
    counter_key varchar(2000) not null,
    amount varchar(100),
    moved_by bigint references settlement,
    rules bigint references rules,
    unique (plan, name, counter_key)
);

-- What a settlement found in a counter and what it left. moved: it changed it, and moved_before had done so last.
create table if not exists reading (
    settlement bigint not null references settlement,
    counter bigint not null references counter,
    before_amount varchar(100),
    after_amount varchar(100),
    moved boolean not null,
    moved_before bigint,
    primary key (settlement, counter)
);

-- Money: above 0 to the member, below 0 back. kind: paid, taken back, difference.
create table if not exists payment (
    no bigint generated always as identity primary key,
    settlement bigint not null references settlement,
    kind varchar(20) not null,
    rules bigint not null references rules,
    amount numeric(18, 2) not null,
    why varchar(1000000) not null
);
create index if not exists payment_of on payment (settlement);
