import type { ColumnType, Generated } from 'kysely';
import type { ActingTemplateVersionsTable } from './acting-tables.ts';
import type {
  AnomaliesTable,
  BulletinReadsTable,
  BulletinsTable,
  EmergenciesTable,
  EmergencyPlansTable,
  OutagesTable,
  PrivateKeysTable,
  PrivateNotesTable,
} from './register-tables.ts';
import type {
  BlocklistTable,
  CallFactsTable,
  ChatFactsTable,
  ReportMailingsTable,
  ShiftDaysTable,
  ShiftFoldsTable,
} from './report-tables.ts';
import type { ChatCursorsTable, ChatDeliveriesTable, ChatMediaTable, ChatTakenTable, ChatThreadsTable } from './text-channel-tables.ts';
import type { LessonReadingsTable, TrainingRunsTable, TrainingScriptsTable } from './training-tables.ts';

/** Instants are integer milliseconds since the epoch. `bigint` columns arrive as numbers (`database.ts`). */
type Instant = number;
/** Parsed on reading; written as JSON text. */
type Json = ColumnType<unknown, string, string>;

interface StreamsTable {
  stream: string;
  interaction: string | null;
  n: number;
  hash: Buffer;
  sealed_n: Generated<number>;
}

interface EventsTable {
  pos: Generated<number>;
  xid: ColumnType<string, never, never>;
  stream: string;
  n: number;
  id: string;
  type: string;
  v: number;
  interaction: string | null;
  case: string | null;
  source: string;
  by: string | null;
  occurred_at: Instant;
  recorded_at: Instant;
  seq: number;
  late: Generated<boolean>;
  clock: 'corrected' | null;
  fields: Json;
  hash: Buffer;
}

interface SealsTable {
  number: number;
  sealed_at: Instant;
  /** root of the seal before; null for the first */
  before: Buffer | null;
  root: Buffer;
}

interface SealHeadsTable {
  number: number;
  stream: string;
  n: number;
  hash: Buffer;
}

interface VaultKeysTable {
  subject: string;
  wrapped: Buffer;
  created_at: Instant;
}

interface VaultTable {
  ref: string;
  subject: string;
  kind: string;
  nonce: Buffer;
  ciphertext: Buffer;
  created_at: Instant;
  expires_at: Instant | null;
}

interface InteractionsTable {
  interaction: string;
  origin: 'live' | 'replay' | 'import';
  channel: string;
  started_at: Instant;
  answered_at: Instant | null;
  ended_at: Instant | null;
  closed_at: Instant | null;
  queue: string | null;
  agent: string | null;
  outcome: string | null;
  talk_ms: Generated<number>;
  kept: Generated<number>;
  broken: Generated<number>;
  unknown: Generated<number>;
  moot: Generated<number>;
}

interface VerdictsTable {
  interaction: string;
  norm: string;
  key: string;
  pack: string;
  pack_version: number;
  value: 'kept' | 'broken' | 'moot' | 'unknown';
  nature: 'finding' | 'hint';
  who: string | null;
  anchor: Instant;
  at: Instant;
  body: Json;
}

interface PromisesTable {
  promise: string;
  kind: string;
  state: 'open' | 'kept' | 'missed' | 'unreached' | 'withdrawn';
  interaction: string | null;
  case: string | null;
  owner: string;
  made_at: Instant;
  due_at: Instant;
  settled_at: Instant | null;
  attempts: Generated<number>;
  channel: string | null;
  number_ref: string | null;
  about_ref: string | null;
  first: string;
  first_due_at: Instant;
  moved: Generated<number>;
  escalated: Generated<number>;
  seen_at: Instant | null;
  last_attempt_at: Instant | null;
  last_outcome: string | null;
  ticket: string | null;
  customer: string | null;
  outage: string | null;
}

interface RecordingsTable {
  recording: string;
  interaction: string;
  /** relative to the data directory */
  file: string;
  started_at: Instant;
  duration_ms: number | null;
  bytes: number | null;
  sha256: Buffer | null;
}

interface TimersTable {
  key: string;
  kind: string;
  due_at: Instant;
  payload: Json;
  attempts: Generated<number>;
  lease_until: Instant | null;
  last_error: string | null;
}

interface UnitsTable {
  unit: string;
  parent: string | null;
  name: string;
  position: Generated<number>;
}

interface PeopleTable {
  /** 工号, the agent id in the timeline */
  person: string;
  login: string;
  name: string;
  unit: string;
  roles: string[];
  password_hash: string;
  active: Generated<boolean>;
  skills: ColumnType<unknown, string | undefined, string>;
  created_at: Instant;
  changed_at: Instant;
}

interface SessionsTable {
  token_hash: Buffer;
  person: string;
  created_at: Instant;
  seen_at: Instant;
}

interface SettingsTable {
  key: string;
  value: Json;
  changed_at: Instant;
  changed_by: string | null;
}

interface LeasesTable {
  name: string;
  epoch: number;
}

interface AuditTable {
  entry: Generated<number>;
  at: Instant;
  action: string;
  actor: string | null;
  about: string | null;
  facts: Json;
}

interface AnsweredCommandsTable {
  command: string;
  person: string;
  answer: Json;
  answered_at: Instant;
}

interface NormPacksTable {
  pack: string;
  version: number;
  state: 'draft' | 'in-review' | 'reviewed' | 'approved' | 'live' | 'superseded' | 'withdrawn';
  title: string | null;
  files: Json;
  revision: number;
  author: string;
  changed_at: Instant;
  reviewer: string | null;
  approver: string | null;
  effective_at: Instant | null;
  note: string | null;
}

interface ProposalsTable {
  proposal: string;
  what: string;
  origin: string;
  agent: string;
  state: 'open' | 'confirmed' | 'declined';
  interaction: string | null;
  norm: string | null;
  key: string | null;
  message: string | null;
  at: Instant;
  settled_at: Instant | null;
  settled_by: string | null;
}

interface TicketsTable {
  ticket: string;
  kind: string;
  stage: 'draft' | 'dispatched' | 'in-work' | 'returned' | 'resolved' | 'told' | 'closed';
  owner: string;
  first: string;
  department: string | null;
  customer: string | null;
  case: string | null;
  interaction: string | null;
  secret: Generated<boolean>;
  made_at: Instant;
  due_at: Instant | null;
  first_due_at: Instant | null;
  paused_at: Instant | null;
  pause_reason: string | null;
  returns: Generated<number>;
  urged: Generated<number>;
  supervised: Generated<boolean>;
  exception: string | null;
  result: string | null;
  score: number | null;
  reopened: Generated<number>;
  closed_at: Instant | null;
  title_ref: string | null;
  about_ref: string | null;
  answer_ref: string | null;
  value: 'high' | 'some' | 'none' | null;
  award: string | null;
}

interface CustomersTable {
  customer: string;
  subject: string;
  name_ref: string | null;
  number_refs: Generated<string[]>;
  unsafe: Generated<boolean>;
  merged_into: string | null;
  created_at: Instant;
  created_by: string;
  changed_at: Instant;
}

interface CustomerIndexTable {
  token: Buffer;
  customer: string;
  subject: string;
}

interface CustomerContactsTable {
  interaction: string;
  customer: string;
  result: string;
  agent: string;
  at: Instant;
}

interface CasesTable {
  case: string;
  customer: string | null;
  first: string;
  state: 'open' | 'closed';
  opened_at: Instant;
  closed_at: Instant | null;
}

interface AppealsTable {
  appeal: string;
  interaction: string;
  norm: string;
  verdict: string;
  form: string;
  ground: string;
  agent: string;
  state: 'open' | 'upheld' | 'rejected';
  filed_at: Instant;
  decided_at: Instant | null;
  decided_by: string | null;
  reason: string | null;
  words_ref: string | null;
}

interface DirectoryTable {
  entry: string;
  name: string;
  department: string | null;
  number: string;
  scope: string | null;
  hours: string | null;
  changed_at: Instant;
  outside: Generated<boolean>;
}

interface LegalHoldsTable {
  hold: string;
  /** of one of the two */
  interaction: string | null;
  customer: string | null;
  reason: string;
  by: string;
  at: Instant;
  released_at: Instant | null;
  released_by: string | null;
  release_note: string | null;
}

interface ErasuresTable {
  erasure: string;
  customer: string;
  basis: string;
  asked_by: string;
  asked_at: Instant;
  state: 'asked' | 'done' | 'declined';
  decided_by: string | null;
  decided_at: Instant | null;
  note: string | null;
  result: ColumnType<unknown, string | null, string | null>;
}

interface WordsExpiredTable {
  interaction: string;
  at: Instant;
  words: number;
}

interface KnowledgeEntriesTable {
  entry: string;
  kind: 'article' | 'reply';
  queues: Generated<string[]>;
  created_at: Instant;
  created_by: string;
}

interface KnowledgeVersionsTable {
  entry: string;
  version: number;
  state: 'draft' | 'in-review' | 'live' | 'superseded' | 'withdrawn';
  title: string;
  keywords: Generated<string[]>;
  body: string;
  items: Generated<string[]>;
  valid_from: Instant | null;
  valid_until: Instant | null;
  review_due: Instant | null;
  author: string;
  reviewer: string | null;
  corrects: Generated<boolean>;
  changed_at: Instant;
  note: string | null;
}

interface KnowledgeUsesTable {
  entry: string;
  version: number;
  interaction: string;
  at: Instant;
  promise: string | null;
}

interface KnowledgeGapsTable {
  gap: string;
  kind: 'not-found' | 'wrong';
  words: string | null;
  entry: string | null;
  version: number | null;
  interaction: string | null;
  note: string | null;
  agent: string;
  at: Instant;
  state: 'open' | 'closed';
  outcome: string | null;
  closed_by: string | null;
  closed_at: Instant | null;
}

interface AttachmentsTable {
  attachment: string;
  owner_kind: 'chat' | 'ticket' | 'knowledge';
  owner: string;
  /** whose key seals name and bytes */
  subject: string;
  name_ref: string;
  /** media type, by the content */
  type: string;
  /** of the file as it was brought */
  bytes: number;
  /** of the file as it was brought */
  sha256: Buffer;
  /** relative to the data directory */
  file: string;
  by: string;
  made_at: Instant;
  scanned: boolean;
  gone_at: Instant | null;
  gone_why: 'expired' | 'erased' | 'removed' | null;
}

interface OutboxTable {
  message: string;
  channel: 'mail' | 'sms';
  state: 'queued' | 'sent' | 'dead';
  address_ref: string;
  body_ref: string;
  interaction: string | null;
  customer: string | null;
  by: string;
  made_at: Instant;
  attempts: Generated<number>;
  last_fault: string | null;
  settled_at: Instant | null;
}

interface CallFlowsTable {
  flow: string;
  version: number;
  state: 'draft' | 'live' | 'superseded' | 'withdrawn';
  body: string;
  revision: number;
  author: string;
  changed_at: Instant;
  publisher: string | null;
  published_at: Instant | null;
}

interface PromptRecordingsTable {
  prompt: string;
  version: number;
  in_use: boolean;
  sound: Buffer;
  duration_ms: number;
  peak_db: number;
  made_at: Instant;
  made_by: string;
}

/** The tables as code sees them. `columns` says the same at run time, and a test compares it with the database. */
export interface Schema {
  streams: StreamsTable;
  events: EventsTable;
  seals: SealsTable;
  seal_heads: SealHeadsTable;
  vault_keys: VaultKeysTable;
  vault: VaultTable;
  interactions: InteractionsTable;
  verdicts: VerdictsTable;
  promises: PromisesTable;
  recordings: RecordingsTable;
  timers: TimersTable;
  leases: LeasesTable;
  units: UnitsTable;
  people: PeopleTable;
  sessions: SessionsTable;
  settings: SettingsTable;
  answered_commands: AnsweredCommandsTable;
  proposals: ProposalsTable;
  tickets: TicketsTable;
  customers: CustomersTable;
  customer_index: CustomerIndexTable;
  customer_contacts: CustomerContactsTable;
  cases: CasesTable;
  appeals: AppealsTable;
  knowledge_entries: KnowledgeEntriesTable;
  knowledge_versions: KnowledgeVersionsTable;
  knowledge_uses: KnowledgeUsesTable;
  knowledge_gaps: KnowledgeGapsTable;
  call_facts: CallFactsTable;
  chat_facts: ChatFactsTable;
  blocklist: BlocklistTable;
  report_mailings: ReportMailingsTable;
  shift_days: ShiftDaysTable;
  shift_folds: ShiftFoldsTable;
  directory: DirectoryTable;
  legal_holds: LegalHoldsTable;
  erasures: ErasuresTable;
  attachments: AttachmentsTable;
  outbox: OutboxTable;
  outages: OutagesTable;
  bulletins: BulletinsTable;
  private_keys: PrivateKeysTable;
  acting_template_versions: ActingTemplateVersionsTable;
  private_notes: PrivateNotesTable;
  emergencies: EmergenciesTable;
  emergency_plans: EmergencyPlansTable;
  anomalies: AnomaliesTable;
  bulletin_reads: BulletinReadsTable;
  training_runs: TrainingRunsTable;
  training_scripts: TrainingScriptsTable;
  lesson_readings: LessonReadingsTable;
  chat_threads: ChatThreadsTable;
  chat_taken: ChatTakenTable;
  chat_deliveries: ChatDeliveriesTable;
  chat_media: ChatMediaTable;
  chat_cursors: ChatCursorsTable;
  words_expired: WordsExpiredTable;
  audit: AuditTable;
  norm_packs: NormPacksTable;
  call_flows: CallFlowsTable;
  prompt_recordings: PromptRecordingsTable;
}
