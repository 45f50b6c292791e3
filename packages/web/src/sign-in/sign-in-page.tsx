import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { DemoAccount } from '@threerings/core/wire/session';
import { Phone } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { HttpFailure } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { Logo } from '../app/logo.tsx';
import { sessionKey, signIn, useDemoAccounts } from '../app/session.ts';
import { Choices } from '../app/settings-sheet.tsx';
import { failureWords } from '../app/toast.tsx';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import './sign-in-page.css';

export function SignInPage() {
  const t = useWords();
  const accounts = useDemoAccounts();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const signing = useSignIn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signing.mutate({ login: login.trim(), password });
  };
  const fillFrom = (account: DemoAccount) => {
    setLogin(account.login);
    setPassword(account.password);
    signing.reset();
  };
  return (
    <main className="sign-in">
      <div className="sign-in-brand">
        <Logo size={44} />
        <div>
          <h1>{t('app.name')} ThreeRings</h1>
          <p className="t2">{t('sign-in.tagline')}</p>
        </div>
      </div>
      <div className="sign-in-columns">
        <form className="sign-in-card stack" onSubmit={submit}>
          <h2>{t('sign-in.title')}</h2>
          <Field label={t('sign-in.login')}>
            {(ids) => (
              <Input
                {...ids}
                name="login"
                autoComplete="username"
                required
                value={login}
                onChange={(event) => setLogin(event.target.value)}
              />
            )}
          </Field>
          <Field label={t('sign-in.password')} error={useErrorWords(signing.error)}>
            {(ids) => (
              <Input
                {...ids}
                name="password"
                type="password"
                autoComplete="current-password"
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" tone="primary" size="large" busy={signing.isPending}>
            {t(signing.isPending ? 'sign-in.busy' : 'sign-in.go')}
          </Button>
          <Link to="/call" className="sign-in-caller">
            <Phone size={14} aria-hidden />
            {t('sign-in.caller')}
          </Link>
        </form>
        {accounts.data !== undefined && accounts.data.length > 0 && (
          <DemoAccounts accounts={accounts.data} chosen={login} onChoose={fillFrom} />
        )}
      </div>
      <div className="sign-in-choices">
        <Choices />
      </div>
    </main>
  );
}

function useSignIn() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ login, password }: { login: string; password: string }) => signIn(login, password),
    onSuccess: async (person) => {
      queries.setQueryData(sessionKey, person);
      await navigate({ to: '/' });
    },
  });
}

function useErrorWords(error: Error | null): string | undefined {
  const t = useWords();
  if (error === null) return undefined;
  if (!(error instanceof HttpFailure)) return t('error.server');
  if (error.refusal !== undefined) return error.refusal.message;
  if (error.kind === 'signed-out' || error.kind === 'refused') return t('sign-in.bad');
  const words = failureWords(t, error);
  return [words.title, words.text].filter(Boolean).join(' · ');
}

interface DemoProps {
  readonly accounts: readonly DemoAccount[];
  readonly chosen: string;
  readonly onChoose: (account: DemoAccount) => void;
}

function DemoAccounts({ accounts, chosen, onChoose }: DemoProps) {
  const t = useWords();
  return (
    <section className="sign-in-card stack" aria-label={t('sign-in.demo')}>
      <h2>{t('sign-in.demo')}</h2>
      <p className="meta">{t('sign-in.demo-text')}</p>
      <ul className="stack">
        {accounts.map((account) => (
          <li key={account.login}>
            <button type="button" className="demo-account" aria-pressed={account.login === chosen} onClick={() => onChoose(account)}>
              <b className="strong num">
                {account.name} {account.login}
              </b>
              <span className="meta">{account.roles.map((role) => t(`role.${role}`)).join(' · ')}</span>
              <span className="t2">{account.about}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
