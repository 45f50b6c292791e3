/**
 * The database cannot be used as it is: the message is one line for the person at the terminal and names the remedy.
 * Codes: `postgres.platform`, `postgres.root`, `postgres.unreachable`, `postgres.owner`, `postgres.in-use`, `postgres.damaged`,
 * `postgres.version`, `postgres.failed`, `database.newer`, `database.changed`, `database.failed`, `vault.key`.
 */
export class StartRefused extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartRefused';
    this.code = code;
  }
}

/** How every refusal of the embedded server ends: the way out that always exists. */
export const externalDatabase = 'or name a PostgreSQL server (15 or newer) in DATABASE_URL';
