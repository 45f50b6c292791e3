import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { Button } from './button.tsx';

/** What the server takes; it looks at the content and has the last word. */
const accepted =
  'image/png,image/jpeg,image/gif,image/webp,application/pdf,.docx,.xlsx,.pptx,text/plain,audio/amr,audio/mpeg,audio/wav,video/mp4';

/** A button that lets one choose files, one after the other. */
export function PickFile({ label, busy = false, onPick }: { label: string; busy?: boolean; onPick: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept={accepted}
        multiple
        onChange={(event) => {
          for (const file of event.target.files ?? []) onPick(file);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
      <Button icon={<Paperclip size={16} aria-hidden />} busy={busy} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}
