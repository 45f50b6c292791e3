import { type Block, type Part, readRichText } from '@threerings/core/knowledge/rich-text';
import { useMemo } from 'react';

/** Shows rich text as elements made from its data: nothing that an editor writes becomes markup. */
export function RichText({ text }: { text: string }) {
  const blocks = useMemo(() => readRichText(text), [text]);
  return (
    <div className="rich-text">
      {blocks.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a text have no identity
        <BlockView key={at} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return (
        <h3>
          <Parts parts={block.parts} />
        </h3>
      );
    case 'paragraph':
      return (
        <p>
          <Parts parts={block.parts} />
        </p>
      );
    case 'list': {
      const items = block.items.map((parts, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the items of a text have no identity
        <li key={at}>
          <Parts parts={parts} />
        </li>
      ));
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

function Parts({ parts }: { parts: readonly Part[] }) {
  return parts.map((part, at) => {
    const key = `${at} ${part.kind}`;
    if (part.kind === 'strong') return <strong key={key}>{part.text}</strong>;
    if (part.kind === 'text') return <span key={key}>{part.text}</span>;
    return (
      <a key={key} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
        {part.text}
      </a>
    );
  });
}
