// The attribute that the keys stand on, in full: its value, and what can be done with it.

import type { ReactNode } from 'react';
import type { Run } from '../../../../core/model/run';
import { type AttributeNode, folderPath } from '../../../../core/view/attribute-tree';
import { type Attribute, attributeText, seriesText } from '../../../../core/view/attributes';
import { bytesText, counted } from '../../../../core/view/format';
import { previewKind } from '../../../../core/view/preview';
import { type App, useApp } from '../../../state/app';
import { openEvidence } from '../../../state/evidence';
import { Button } from '../../../widgets/button';
import { CopyButton } from '../../../widgets/copy-button';
import { Icon } from '../../../widgets/icon';
import styles from './attributes.module.css';
import { openAttribute, openWord } from './open';
import { Spark } from './spark';

/** Characters of a value shown here; a copy has all of them. */
const longest = 20_000;

export function Detail({ run, node }: { readonly run: Run; readonly node: AttributeNode | undefined }) {
  const app = useApp();
  return (
    <aside className={styles.detail} aria-label="Attribute">
      {node?.kind === 'folder' && (
        <>
          <h2 className={styles.path}>{folderPath(node)}</h2>
          <p className={styles.muted}>{counted(node.count, 'attribute')}</p>
          <div className={styles.actions}>
            <CopyButton text={folderPath(node)} label="Copy path" />
          </div>
        </>
      )}
      {node?.kind === 'leaf' && <Leaf app={app} run={run} attribute={node.attribute} />}
      {!node && <p className={styles.muted}>Nothing is chosen.</p>}
    </aside>
  );
}

const words: Readonly<Record<Attribute['kind'], string>> = {
  about: 'About the run',
  param: 'Param',
  summary: 'Final value',
  tag: 'Tag',
  series: 'Series',
  media: 'Media',
  file: 'File',
  fact: 'Fact',
};

function Leaf({ app, run, attribute }: { readonly app: App; readonly run: Run; readonly attribute: Attribute }) {
  const word = openWord(attribute);
  return (
    <>
      <h2 className={styles.path}>{attribute.path === '' ? '""' : attribute.path}</h2>
      <p className={styles.muted}>
        {words[attribute.kind]} · {attribute.type}
      </p>
      <Body run={run} attribute={attribute} />
      <div className={styles.actions}>
        {word !== null && (
          <Button size="s" kind="primary" onClick={() => openAttribute(app, run, attribute)}>
            {word}
          </Button>
        )}
        {attribute.kind !== 'file' && attribute.kind !== 'media' && <CopyButton text={attributeText(attribute)} label="Copy value" />}
        <CopyButton text={attribute.path} label="Copy path" />
      </div>
    </>
  );
}

function Body({ run, attribute }: { readonly run: Run; readonly attribute: Attribute }): ReactNode {
  const app = useApp();
  switch (attribute.kind) {
    case 'series':
      return (
        <>
          <Spark run={run} index={attribute.index} large />
          <p>{seriesText(attribute.series)}.</p>
          <p className={styles.muted}>Last value</p>
          <pre className={styles.full}>{attributeText(attribute)}</pre>
        </>
      );
    case 'media':
      return <p>{attribute.text}.</p>;
    case 'file':
      return (
        <p>
          {attribute.artifact.kind === 'reference' ? 'It lies elsewhere and is only named here.' : `${bytesText(attribute.artifact.size)}.`}
          {attribute.artifact.kind === 'file' && previewKind(attribute.path) === 'none' && ' Listed and never opened.'}
        </p>
      );
    default: {
      const text = attributeText(attribute);
      return (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs to be reached by keyboard */}
          <pre className={styles.full} tabIndex={0}>
            {text.slice(0, longest)}
            {text.length > longest && '…'}
          </pre>
          {text.length > longest && (
            <p className={styles.muted}>
              The first {longest.toLocaleString('en')} of {text.length.toLocaleString('en')} characters; the copy has all.
            </p>
          )}
          {attribute.kind === 'fact' &&
            attribute.fact.evidence.slice(0, 8).map((found) => (
              <button key={`${found.file} ${found.where ?? ''}`} type="button" className={styles.link} onClick={() => openEvidence(app, run.id, found)}>
                <Icon name="file" size={14} /> {found.where ? `${found.file} · ${found.where}` : found.file}
              </button>
            ))}
        </>
      );
    }
  }
}
