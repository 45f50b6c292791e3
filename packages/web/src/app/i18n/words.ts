import { enActing } from './en/acting.ts';
import { enBlocklist } from './en/blocklist.ts';
import { enBoard } from './en/board.ts';
import { enCaller } from './en/caller.ts';
import { enChats } from './en/chats.ts';
import { enCommon } from './en/common.ts';
import { enDay } from './en/day.ts';
import { enDesk } from './en/desk.ts';
import { enFiles } from './en/files.ts';
import { enFlows } from './en/flows.ts';
import { enImports } from './en/imports.ts';
import { enInteractions } from './en/interactions.ts';
import { enKnowledge } from './en/knowledge.ts';
import { enMatters } from './en/matters.ts';
import { enMessages } from './en/messages.ts';
import { enNorms } from './en/norms.ts';
import { enOutbound } from './en/outbound.ts';
import { enOutbox } from './en/outbox.ts';
import { enPhone } from './en/phone.ts';
import { enReports } from './en/reports.ts';
import { enRetention } from './en/retention.ts';
import { enTraining } from './en/training.ts';
import { enTransfer } from './en/transfer.ts';
import { zhActing } from './zh/acting.ts';
import { zhBlocklist } from './zh/blocklist.ts';
import { zhBoard } from './zh/board.ts';
import { zhCaller } from './zh/caller.ts';
import { zhChats } from './zh/chats.ts';
import { zhCommon } from './zh/common.ts';
import { zhDay } from './zh/day.ts';
import { zhDesk } from './zh/desk.ts';
import { zhFiles } from './zh/files.ts';
import { zhFlows } from './zh/flows.ts';
import { zhImports } from './zh/imports.ts';
import { zhInteractions } from './zh/interactions.ts';
import { zhKnowledge } from './zh/knowledge.ts';
import { zhMatters } from './zh/matters.ts';
import { zhMessages } from './zh/messages.ts';
import { zhNorms } from './zh/norms.ts';
import { zhOutbound } from './zh/outbound.ts';
import { zhOutbox } from './zh/outbox.ts';
import { zhPhone } from './zh/phone.ts';
import { zhReports } from './zh/reports.ts';
import { zhRetention } from './zh/retention.ts';
import { zhTraining } from './zh/training.ts';
import { zhTransfer } from './zh/transfer.ts';

/** Chinese comes first: its keys and placeholders are the contract that every other language satisfies. */
export const zh = {
  ...zhCommon,
  ...zhActing,
  ...zhChats,
  ...zhDay,
  ...zhDesk,
  ...zhPhone,
  ...zhBlocklist,
  ...zhBoard,
  ...zhInteractions,
  ...zhMatters,
  ...zhKnowledge,
  ...zhCaller,
  ...zhMessages,
  ...zhNorms,
  ...zhReports,
  ...zhFiles,
  ...zhFlows,
  ...zhImports,
  ...zhRetention,
  ...zhOutbox,
  ...zhOutbound,
  ...zhTraining,
  ...zhTransfer,
};

export type Words = typeof zh;
export type WordKey = keyof Words;

export const en: Record<WordKey, string> = {
  ...enCommon,
  ...enActing,
  ...enChats,
  ...enDay,
  ...enDesk,
  ...enPhone,
  ...enBlocklist,
  ...enBoard,
  ...enInteractions,
  ...enMatters,
  ...enKnowledge,
  ...enCaller,
  ...enMessages,
  ...enNorms,
  ...enReports,
  ...enFiles,
  ...enFlows,
  ...enImports,
  ...enRetention,
  ...enOutbox,
  ...enOutbound,
  ...enTraining,
  ...enTransfer,
};

export const languages = { zh, en } as const satisfies Record<string, Record<WordKey, string>>;
export type Language = keyof typeof languages;
