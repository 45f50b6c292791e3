import type { RefusalOnWire } from '@threerings/core/wire/refusal';
import { CircleAlert, Info, X } from 'lucide-react';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { HttpFailure } from './http.ts';
import type { Translate } from './i18n/translate.ts';
import { useWords } from './i18n/use-words.ts';
import './toast.css';

interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'alert';
  readonly title: string;
  readonly text: string | undefined;
}

export interface Toasts {
  show(title: string, text?: string): void;
  showRefusal(refusal: RefusalOnWire): void;
  showFailure(failure: HttpFailure): void;
}

const ToastContext = createContext<Toasts | undefined>(undefined);

export function useToast(): Toasts {
  const toasts = useContext(ToastContext);
  if (toasts === undefined) throw new Error('useToast outside of its provider');
  return toasts;
}

/** What failed, and what to do next, in words. */
export function failureWords(t: Translate, failure: HttpFailure): { title: string; text: string | undefined } {
  if (failure.refusal !== undefined) return { title: failure.refusal.message, text: failure.refusal.remedy };
  if (failure.kind === 'network') return { title: t('error.network'), text: t('error.network-remedy') };
  if (failure.kind === 'signed-out') return { title: t('link.signed-out'), text: t('link.signed-out-text') };
  if (failure.kind === 'shape') return { title: t('error.shape'), text: t('error.shape-remedy') };
  if (failure.kind === 'server') return { title: `${t('error.server')} (${failure.status})`, text: t('state.error-safe') };
  return { title: `${t('error.forbidden')} (${failure.status})`, text: undefined };
}

/** At most one toast: a new one replaces the old. It never covers the sentence of the guide or the call bar. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useWords();
  const [toast, setToast] = useState<Toast | undefined>(undefined);
  const toasts = useMemo<Toasts>(() => {
    const put = (tone: Toast['tone'], title: string, text?: string) => setToast({ id: Date.now(), tone, title, text });
    return {
      show: (title, text) => put('info', title, text),
      showRefusal: (refusal) => put('alert', refusal.message, refusal.remedy),
      showFailure: (failure) => {
        const words = failureWords(t, failure);
        put('alert', words.title, words.text);
      },
    };
  }, [t]);
  return (
    <ToastContext value={toasts}>
      {children}
      <div className="toast-place" role="status">
        {toast !== undefined && <OneToast key={toast.id} toast={toast} onClose={() => setToast(undefined)} />}
      </div>
    </ToastContext>
  );
}

function OneToast({ toast, onClose }: { toast: Toast; onClose: () => void }) {
  const t = useWords();
  useEffect(() => {
    const timer = setTimeout(onClose, toast.tone === 'alert' ? 12_000 : 5_000);
    return () => clearTimeout(timer);
  }, [toast, onClose]);
  return (
    <div className="toast" data-tone={toast.tone}>
      {toast.tone === 'alert' ? <CircleAlert size={18} aria-hidden /> : <Info size={18} aria-hidden />}
      <div className="grow">
        <b>{toast.title}</b>
        {toast.text !== undefined && <p>{toast.text}</p>}
      </div>
      <button type="button" className="icon-btn" aria-label={t('action.close')} onClick={onClose}>
        <X size={16} aria-hidden />
      </button>
    </div>
  );
}
