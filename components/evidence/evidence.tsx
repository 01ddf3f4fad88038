import { useTranslations } from 'next-intl'
import { Link } from '@/components/ui/link'
import { type Excerpt, type Finding, placePath } from '@/lib/core'
import { SourceLines } from './source-lines'

/** An excerpt with the lines of the original; null where it can no longer be read, or not by this person. */
export type ExcerptText = Excerpt & { text: readonly string[] | null }

/** `maySee`: this person may see originals at all. */
type Props = { base: string; finding: Finding; excerpts: readonly ExcerptText[]; maySee: boolean }

/** The places of the uploaded originals that prove a finding. */
export function Evidence({ base, finding, excerpts, maySee }: Props) {
  const t = useTranslations('finding')
  const places = excerpts.reduce((sum, e) => sum + e.marks.length, 0)
  const files = new Set(excerpts.map((e) => e.source)).size
  return (
    <>
      <p className="mb-3 text-table text-ink-2">{t('places', { places, files })}</p>
      <div className="space-y-4">
        {excerpts.map((excerpt) => (
          <ExcerptBlock
            key={`${excerpt.source} ${excerpt.from}`}
            base={base}
            finding={finding}
            excerpt={excerpt}
            maySee={maySee}
          />
        ))}
      </div>
    </>
  )
}

type BlockProps = { base: string; finding: Finding; excerpt: ExcerptText; maySee: boolean }

function ExcerptBlock({ base, finding, excerpt, maySee }: BlockProps) {
  const t = useTranslations('finding')
  const files = useTranslations('files')
  const { source, name, text, from, to, marks } = excerpt
  const firstMark = marks[0]?.lines
  const lastMarked = Math.max(...marks.map((m) => m.lines[1]))
  const isMarked = (line: number) => marks.some((m) => line >= m.lines[0] && line <= m.lines[1])
  return (
    <figure className="keep">
      <figcaption className="mb-1 flex flex-wrap items-baseline justify-between gap-x-3 text-table">
        <span className="min-w-0">
          <strong className="font-semibold break-all">{name}</strong>{' '}
          <Places marks={marks.map((m) => m.lines)} base={base} source={source} />
        </span>
        <Link href={`${base}/${placePath(source, firstMark)}`} className="link print:hidden">
          {t('openFile')}
        </Link>
      </figcaption>
      {text === null ? (
        <StoredLines finding={finding} excerpt={excerpt} maySee={maySee} />
      ) : (
        <SourceLines
          dense
          label={t('excerpt', { name, from, to })}
          lines={text}
          from={from}
          isMarked={isMarked}
          cutLabel={(count) => files('lineCut', { count })}
        />
      )}
      {lastMarked > to && <p className="mt-1 text-table text-ink-2">{t('excerptCut', { to: lastMarked })}</p>}
    </figure>
  )
}

/** Where the marked lines are, as links to the file at those lines. */
function Places({
  marks,
  base,
  source,
}: {
  marks: readonly (readonly [number, number])[]
  base: string
  source: string
}) {
  const words = useTranslations('words')
  return (
    <>
      {marks.map(([from, to], i) => (
        <span key={`${from} ${to}`} className="text-ink-2">
          {i > 0 && ', '}
          <Link href={`${base}/${placePath(source, [from, to])}`} className="link">
            {from === to ? words('line', { from }) : words('lines', { from, to })}
          </Link>
        </span>
      ))}
    </>
  )
}

/** The original is gone, or not for this person: what was stored with the finding still proves it. */
function StoredLines({ finding, excerpt, maySee }: { finding: Finding; excerpt: Excerpt; maySee: boolean }) {
  const t = useTranslations('finding')
  const items = excerpt.marks.flatMap((m) => m.items).flatMap((i) => finding.evidence[i] ?? [])
  return (
    <>
      <p className="mb-1 text-table text-ink-2">{t(maySee ? 'fileGone' : 'fileWithheld')}</p>
      <pre
        lang="en"
        className="rounded-input border border-line bg-evidence p-3 text-table whitespace-pre-wrap text-evidence-ink [overflow-wrap:anywhere]"
      >
        {[...new Set(items.map((e) => e.text))].join('\n')}
      </pre>
    </>
  )
}
