/**
 * The words of the language itself, one row per word: `id | Chinese | English`. Events, roles, intervals, scopes and fields
 * come from the vocabulary. An empty surface means that the tongue does without the word. `zh` and `en` surfaces may be
 * changed freely: trees hold ids, never surfaces.
 */
const keywordRows = `
pack|规范包|norm pack
version|版本|version
base|基于|based on
source|出处|source
param|参数|parameter
list|清单|list
define|定义|define
applies|适用|applies when
norm|规范|norm
adopt|采用|adopts
where|其中|where
cites|依据|cites
severity|严重度|severity
points|分值|points
scope|范围|scope
responsible|责任|responsible
nature|性质|nature
effective|生效|effective
note|说明|note
to|至|to
through|至|and
undecided|待定|undecided
when|当|when
first|首次|first
nth|第|occurrence
nthOf|次|of
lasting|满|has lasted
during|期间|during
throughout|全程|throughout
if|若|if
must|应|must
mustHave|应已|must already
mustNot|不得|must not
breach|即违反|is a breach
unless|除非|unless
atEnd|结束时|at end
broken|违反|broken
moot|免除|moot
else|否则|else
atOnce|当即|at once
whenKept|履行后|when kept
warn|预警|warn
ahead|提前|ahead by
coach|提示|coach
alert|通知|alert
stop|拦截|stop
askReason|问由|ask reason
propose|拟建|propose
score|计分|score
phrase|话术|phrase
and|且|and
or|或|or
not|非|not
no|未|no
implies|则|implies
parts|各项|all of
any|任一|any of
none|皆非|none of
allOf|全部|each of
atLeast|至少|at least
atMost|至多|at most
items|项|items
times|次|times
forEach|逐项|for each
in|出自|in
every|每|every
sequence|依次|in order
currently|正在|currently
calendar|正值|in calendar
within|于|within
by|不迟于|by
inside|内|
before|此前|beforehand
preceding|此前|in the preceding
around|前后|in the surrounding
firstPart|开头|in the first
lastPart|最后|in the last
until|直到|until
latest|最迟|at the latest
toEnd|结束前|before the end
whole|全程中|at any time
thatTime|期间内|in that time
with|含|with
bind|记|noting
as|作|as
var|所记|noted
its|其|whose
andIts|且其|and whose
trig|当时|its
attr|本次|this
similar|近似|similar to
sounds|谐音|sounds like
regex|正则|pattern
except|排除|except
near|近|near
notNear|不近|not near
repeated|重复|repeats own words
yes|是|true
nope|否|false`;

const comparisonRows = `
>|超过|over
<|少于|under
<=|不超过|is at most
>=|不少于|is at least
=|为|is
!=|不为|is not
in|属|is in
notin|不属|is not in
between|介于|is between
filled|已填|is filled
empty|为空|is empty
matches|合|matches
contains|包含|contains`;

const functionRows = `
count|次数|count
duration|时长|duration
longest|最长|longest
share|占比|share
rate|语速|speech rate
loudness|平均音量|loudness
since|距上次|time since
responseGap|应答间隔|response gap
mood|情绪值|mood
clock|时刻|time of day`;

const unitRows = `
ms|毫秒|ms
s|秒|s
min|分钟|min
h|小时|h
d|天|days
wd|工作日|working days
wh|工作小时|working hours
ring|声|rings
times|次|times
utt|句|utterances
turn|轮|turns
item|项|items
chars|字|characters
cpm|字每分|characters/min
db|分贝|dB
pct|%|%`;

const severityRows = `
critical|关键|critical
major|主要|major
minor|次要|minor
advice|提醒|advice`;

const natureRows = `
finding|定论|finding
hint|线索|hint`;

const responsibleRows = `
then|当时坐席|agent then
due|届时坐席|agent at the deadline
receiver|接手人|receiver
leader|班长|leader
owner|责任人|owner
department|部门|department
system|系统|system`;

const proposalRows = `
promise|承诺|promise
callback|回电|callback
ticket|工单|ticket
ledger|台账|ledger entry
review|复核|review`;

const calendarRows = `
working|工作时间|working hours time
holiday|节假日|holiday
night|夜间|night`;

export type WordKind =
  | 'keyword'
  | 'comparison'
  | 'function'
  | 'unit'
  | 'severity'
  | 'nature'
  | 'responsible'
  | 'proposal'
  | 'calendar'
  | 'event'
  | 'role'
  | 'interval'
  | 'scope'
  | 'field';

export interface Word {
  readonly kind: WordKind;
  readonly id: string;
  readonly zh: string;
  readonly en: string;
}

const tables: readonly (readonly [WordKind, string])[] = [
  ['keyword', keywordRows],
  ['comparison', comparisonRows],
  ['function', functionRows],
  ['unit', unitRows],
  ['severity', severityRows],
  ['nature', natureRows],
  ['responsible', responsibleRows],
  ['proposal', proposalRows],
  ['calendar', calendarRows],
];

function rows(kind: WordKind, table: string): readonly Word[] {
  return table
    .trim()
    .split('\n')
    .map((row) => {
      const [id = '', zh = '', en = ''] = row.split('|');
      return { kind, id, zh, en };
    });
}

export const languageWords: readonly Word[] = tables.flatMap(([kind, table]) => rows(kind, table));

/** Further surfaces that are read but never printed: `[surface, kind, id]`. */
export const readOnlySurfaces: readonly (readonly [string, WordKind, string])[] = [
  ['分', 'unit', 'min'],
  ['秒钟', 'unit', 's'],
  ['≥', 'comparison', '>='],
  ['≤', 'comparison', '<='],
  ['≠', 'comparison', '!='],
  ['>=', 'comparison', '>='],
  ['<=', 'comparison', '<='],
  ['!=', 'comparison', '!='],
  ['>', 'comparison', '>'],
  ['<', 'comparison', '<'],
  ['=', 'comparison', '='],
];
