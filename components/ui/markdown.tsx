import { Fragment } from 'react'
import { CodeBlock } from './code-block'
import { type Block, type Inline, parseBlocks, parseInline } from './markdown-parse'

type Props = {
  text: string
  /**
   * Turns `[label](https://…)` into links. Off by default: texts that quote an upload (a connector's name) must not be able to
   * place a link; texts of the catalogue may.
   */
  links?: boolean
}

/** Our own texts with a little Markdown. Markup in them is shown, never run: React escapes every part. */
export function Markdown({ text, links = false }: Props) {
  return (
    <div className="prose">
      {parseBlocks(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text never change places
        <BlockView key={index} block={block} links={links} />
      ))}
    </div>
  )
}

/** One line of text with inline code and bold. */
export function InlineMarkdown({ text, links = false }: Props) {
  return <Inlines parts={parseInline(text)} links={links} />
}

function BlockView({ block, links }: { block: Block; links: boolean }) {
  if (block.kind === 'code') return <CodeBlock code={block.text} />
  if (block.kind === 'paragraph') {
    return (
      <p>
        <Inlines parts={block.children} links={links} />
      </p>
    )
  }
  const List = block.ordered ? 'ol' : 'ul'
  return (
    <List {...(block.ordered && block.start > 1 && { start: block.start })}>
      {block.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text never change places
        <li key={index}>
          <Inlines parts={item} links={links} />
        </li>
      ))}
    </List>
  )
}

function Inlines({ parts, links }: { parts: readonly Inline[]; links: boolean }) {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text never change places
    <Fragment key={index}>
      <InlineView part={part} links={links} />
    </Fragment>
  ))
}

function InlineView({ part, links }: { part: Inline; links: boolean }) {
  if (part.kind === 'text') return part.text
  if (part.kind === 'code') return <code lang="en">{part.text}</code>
  if (part.kind === 'strong') {
    return (
      <strong>
        <Inlines parts={part.children} links={links} />
      </strong>
    )
  }
  if (!links) {
    return (
      <>
        <Inlines parts={part.children} links={links} /> ({part.href})
      </>
    )
  }
  return (
    <a href={part.href} rel="noreferrer" className="link">
      <Inlines parts={part.children} links={links} />
    </a>
  )
}
