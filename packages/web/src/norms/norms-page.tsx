import { useNavigate, useSearch } from '@tanstack/react-router';
import type { PackVersionDetail } from '@threerings/core/wire/norm-packs';
import { ScrollText } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { Card } from '../ui/card.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { NormText, type Place } from './norm-text.tsx';
import { PackHead } from './pack-head.tsx';
import { PackTree } from './pack-tree.tsx';
import { type NormsSearch, normsSearch } from './search.ts';
import { SidePanel } from './side-panel.tsx';
import { usePackVersion, usePackVersions } from './use-norm-packs.ts';
import { usePackText } from './use-pack-text.ts';
import './norms.css';

/** Packs and their versions on the left, the text in the middle, figures and trials on the right. */
export function NormsPage() {
  const t = useWords();
  const search = normsSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const versions = usePackVersions();
  const detail = usePackVersion(search.pack, search.version);
  const open = useCallback(
    (to: NormsSearch) => void navigate({ to: '/norms', search: to, replace: to.pack === search.pack }),
    [navigate, search.pack],
  );
  if (versions.isPending) return <Loading what={t('norms.packs')} rows={8} />;
  if (versions.isError) return <Failed error={versions.error} onRetry={() => void versions.refetch()} />;
  if (detail.isError) return <Failed error={detail.error} onRetry={() => void detail.refetch()} />;
  if (search.pack === undefined || search.version === undefined)
    return (
      <div className="norms-page">
        <div className="norms-columns">
          <PackTree versions={versions.data} search={search} outline={undefined} onOpen={open} onPlace={() => undefined} />
          <Card icon={<ScrollText size={16} aria-hidden />} title={t('norms.title')} className="norms-wide">
            <Empty title={t('norms.choose')} text={t('norms.choose-text')} />
          </Card>
        </div>
      </div>
    );
  if (detail.data === undefined) return <Loading what={search.pack} rows={8} />;
  const { pack, version } = detail.data.row;
  // The list is looked at again; the text is not exchanged under the writer’s hands.
  const row = versions.data.find((one) => one.pack === pack && one.version === version) ?? detail.data.row;
  return <Opened key={`${pack}@${version}`} detail={{ ...detail.data, row }} search={search} versions={versions.data} onOpen={open} />;
}

interface OpenedProps {
  readonly detail: PackVersionDetail;
  readonly search: NormsSearch;
  readonly versions: Parameters<typeof PackTree>[0]['versions'];
  readonly onOpen: (to: NormsSearch) => void;
}

function Opened({ detail, search, versions, onOpen }: OpenedProps) {
  const text = usePackText(detail);
  const { pack, version } = detail.row;
  const file = text.files.find((one) => one.path === search.file) ?? text.files.find((one) => one.path.endsWith('.norm')) ?? text.files[0];
  const [place, setPlace] = useState<Place | undefined>(undefined);
  const [cursor, setCursor] = useState(0);
  const readOnly = detail.row.state !== 'draft' || detail.row.shipped;
  const goTo = (path: string, from: number) => {
    if (path !== file?.path) onOpen({ pack, version, file: path });
    setPlace({ path, from });
  };
  return (
    <div className="norms-page">
      <PackHead detail={detail} text={text} onOpen={onOpen} />
      <div className="norms-columns">
        <PackTree versions={versions} search={search} outline={text.outline} onOpen={onOpen} onPlace={goTo} />
        {file !== undefined && (
          <NormText
            key={file.path}
            file={file}
            files={text.files}
            readOnly={readOnly}
            text={text}
            place={place?.path === file.path ? place : undefined}
            onOpen={(path) => onOpen({ pack, version, file: path })}
            onCursor={setCursor}
            onPlace={goTo}
          />
        )}
        <SidePanel detail={detail} text={text} file={file} cursor={cursor} readOnly={readOnly} onPlace={goTo} />
      </div>
    </div>
  );
}
