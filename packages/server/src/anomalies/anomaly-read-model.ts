import type { Selectable } from 'kysely';
import type { Schema } from '../store/schema.ts';

export type AnomalyRow = Selectable<Schema['anomalies']>;
