import { addPersonBody } from '@threerings/core/wire/people';
import { text } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import type { Config } from '../config.ts';
import { type PeopleRefusal, peopleRefusals } from '../people/people-refusals.ts';
import type { Audit, PeopleStore } from '../people/people-store.ts';
import { hashPassword, passwordFlaw } from '../session/password.ts';
import { command, type Ended, exit, type RegisteredCommand, type Terminal } from './command.ts';

export interface House {
  readonly people: PeopleStore;
  readonly audit: Audit;
}

/** Opens the database beside a running server, or alone, and closes it when `work` has settled. */
export type WithHouse = (config: Config, work: (house: House) => Promise<Ended>) => Promise<Ended>;

/** The unit of a new installation, until the administrator has built the tree. */
const firstUnit = 'hotline';

/** The two things that nobody signed in can do: the first account, and the way back in. */
export function adminCommands(withHouse: WithHouse): readonly RegisteredCommand[] {
  return [createCommand(withHouse), passwordCommand(withHouse)];
}

function createCommand(withHouse: WithHouse): RegisteredCommand {
  return command({
    name: 'admin create',
    summary: 'adds an administrator; the password is asked for, or read from standard input',
    options: {
      login: option(text(64), { help: 'what the administrator types to sign in', fallback: undefined, shown: 'must be given' }),
      agent: option(text(64), { help: 'agent number (工号)', fallback: undefined, shown: 'the login' }),
      name: option(text(100), { help: 'name as others see it', fallback: undefined, shown: 'the login' }),
      unit: option(text(64), { help: 'id of the organisation unit', fallback: undefined, shown: 'the first unit, made if there is none' }),
    },
    takesSettings: true,
    async run({ options: { login, agent, name, unit }, config, terminal }) {
      if (login === undefined) return usage('--login: expected what the administrator types to sign in');
      const password = await newPassword(terminal, login);
      if (typeof password !== 'string') return password;
      const body = { agent: agent ?? login, login, name: name ?? login, unit: unit ?? firstUnit, roles: ['administrator'], password };
      const checked = addPersonBody.safeParse(body);
      if (!checked.success) return usage(flawOf(checked.error.issues));
      return withHouse(config, async ({ people, audit }) => {
        const [known] = await people.units();
        if (known === undefined) await people.addUnit({ unit: firstUnit, name: config.hotlineName ?? '热线', position: 0 });
        const person = { ...checked.data, unit: unit ?? known?.unit ?? firstUnit };
        const refused = await people.addPerson({ ...person, passwordHash: await hashPassword(password) }, Date.now());
        if (refused !== undefined) return no(refused, { agent: person.agent, unit: person.unit });
        await audit.record({
          at: Date.now(),
          action: 'person.added',
          about: person.agent,
          facts: { by: 'command line', roles: person.roles },
        });
        terminal.print(`administrator ${person.login} (工号 ${person.agent}) can sign in`);
        return { exit: exit.done };
      });
    },
  });
}

function passwordCommand(withHouse: WithHouse): RegisteredCommand {
  return command({
    name: 'admin password',
    summary: 'sets the password of an account, asked for or read from standard input',
    options: { login: option(text(64), { help: 'login of the account', fallback: undefined, shown: 'must be given' }) },
    takesSettings: true,
    async run({ options: { login }, config, terminal }) {
      if (login === undefined) return usage('--login: expected the login of the account');
      const password = await newPassword(terminal, login);
      if (typeof password !== 'string') return password;
      return withHouse(config, async ({ people, audit }) => {
        const known = await people.forSignIn(login);
        if (known === undefined) return { exit: exit.no, message: `--login: there is no account ${login}` };
        const { agent } = known.person;
        await people.changePerson(agent, { passwordHash: await hashPassword(password) }, Date.now());
        await audit.record({ at: Date.now(), action: 'password.set', about: agent, facts: { by: 'command line' } });
        terminal.print(`the password of ${login} is set; sessions that are open go on until they end`);
        return { exit: exit.done };
      });
    },
  });
}

/** Asked twice at a terminal; otherwise the first line of standard input, so that it never stands in a list of processes. */
async function newPassword(terminal: Terminal, login: string): Promise<string | Ended> {
  const asked = await terminal.askSecret('new password: ');
  if (asked !== undefined && (await terminal.askSecret('once more: ')) !== asked) return usage('the two passwords differ');
  const password = asked ?? (await terminal.readAll(4096))?.split(/\r?\n/)[0] ?? '';
  const flaw = passwordFlaw(password, login);
  return flaw === undefined ? password : usage(sentence(`password.${flaw}`));
}

const usage = (message: string): Ended => ({ exit: exit.usage, message });

function no(refused: PeopleRefusal, facts: Readonly<Record<string, string>>): Ended {
  return { exit: exit.no, message: sentence(refused).replace(/\{(\w+)\}/g, (blank, name: string) => facts[name] ?? blank) };
}

function sentence(refused: PeopleRefusal): string {
  return `${peopleRefusals[refused].en}: ${peopleRefusals[refused].remedy.en}`;
}

function flawOf(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  const [first] = issues;
  return `--${String(first?.path[0])}: expected ${first?.message}`;
}
