import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Settings } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { HttpFailure } from './http.ts';
import { useWords } from './i18n/use-words.ts';
import { setPreferences, usePreferences } from './preferences.ts';
import { sessionKey, signOut, useMe } from './session.ts';
import { useToast } from './toast.tsx';

export function SettingsSheet({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const { csrf } = useMe();
  const toast = useToast();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    try {
      await signOut(csrf);
      queries.clear();
      queries.setQueryData(sessionKey, null);
      await navigate({ to: '/sign-in' });
    } catch (failure) {
      if (failure instanceof HttpFailure) toast.showFailure(failure);
    }
  };
  return (
    <Sheet
      title={t('settings.title')}
      icon={<Settings size={16} aria-hidden />}
      onClose={onClose}
      style={{ position: 'fixed', insetInlineStart: 72, bottom: 12, width: 400, color: 'var(--t1)' }}
      footer={
        <>
          <Link to="/headset" className="btn">
            {t('settings.headset')}
          </Link>
          <span className="grow" />
          <Button onClick={() => void leave()}>{t('settings.sign-out')}</Button>
        </>
      }
    >
      <Choices />
    </Sheet>
  );
}

/** Theme, text size and language; also offered before signing in. */
export function Choices() {
  const t = useWords();
  const { theme, text, language } = usePreferences();
  return (
    <div className="settings-list">
      <div>
        <span>{t('settings.theme')}</span>
        <Segmented
          label={t('settings.theme')}
          value={theme}
          onChange={(value) => setPreferences({ theme: value })}
          options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
        />
      </div>
      <div>
        <span>{t('settings.text')}</span>
        <Segmented
          label={t('settings.text')}
          value={text}
          onChange={(value) => setPreferences({ text: value })}
          options={(['m', 'l', 'xl'] as const).map((value) => ({ value, label: t(`settings.text.${value}`) }))}
        />
      </div>
      <div>
        <span>{t('settings.language')}</span>
        <LanguageChoice language={language} />
      </div>
    </div>
  );
}

export function LanguageChoice({ language }: { language: 'zh' | 'en' }) {
  const t = useWords();
  return (
    <Segmented
      label={t('settings.language')}
      value={language}
      onChange={(value) => setPreferences({ language: value })}
      options={[
        { value: 'zh', label: '中文' },
        { value: 'en', label: 'English' },
      ]}
    />
  );
}
