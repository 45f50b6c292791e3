import type { Generated } from 'kysely';

/** Instants are integer milliseconds since the epoch. */
type Instant = number;

export interface OutagesTable {
  outage: string;
  kind: 'failure' | 'planned' | 'service';
  state: 'open' | 'restored';
  title: string;
  areas: Generated<string[]>;
  queues: Generated<string[]>;
  numbers: Generated<string[]>;
  announced: Generated<boolean>;
  opened_at: Instant;
  opened_by: string;
  due_at: Instant | null;
  first_due_at: Instant | null;
  restored_at: Instant | null;
  restored_by: string | null;
  tell: 'sms' | 'call' | null;
  owners: Generated<string[]>;
}

export interface BulletinsTable {
  bulletin: string;
  kind: 'briefing' | 'news';
  version: Generated<number>;
  state: 'draft' | 'published' | 'withdrawn';
  title: string;
  body: string;
  units: Generated<string[]>;
  must_read: Generated<boolean>;
  valid_from: Instant;
  valid_until: Instant;
  author: string;
  published_at: Instant | null;
  changed_at: Instant;
}

export interface EmergenciesTable {
  emergency: string;
  interaction: string | null;
  about: string;
  state: 'raised' | 'acknowledged' | 'registered' | 'closed' | 'reviewed';
  raised_at: Instant;
  acknowledged_at: Instant | null;
  acknowledged_by: string | null;
  escalated_at: Instant | null;
  plan: string | null;
  steps: Generated<string[]>;
  done: Generated<string[]>;
  account_ref: string | null;
  told: string | null;
  outcome: string | null;
  closed_at: Instant | null;
  closed_by: string | null;
  finding: string | null;
  reviewed_by: string | null;
}

export interface EmergencyPlansTable {
  plan: string;
  title: string;
  steps: string[];
  changed_at: Instant;
  changed_by: string;
}

export interface AnomaliesTable {
  anomaly: string;
  kind: 'system' | 'line' | 'business' | 'other';
  what: string;
  interaction: string | null;
  reporter: string;
  at: Instant;
  state: 'open' | 'assigned' | 'fixed' | 'confirmed';
  owner: string | null;
  note: string | null;
  changed_at: Instant;
}

export interface BulletinReadsTable {
  bulletin: string;
  version: number;
  agent: string;
  at: Instant;
}

export interface PrivateKeysTable {
  owner: string;
  salt: string;
  proof: string;
  made_at: Instant;
}

export interface PrivateNotesTable {
  note: string;
  owner: string;
  sealed: string;
  at: Instant;
}
