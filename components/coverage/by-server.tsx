import { useTranslations } from 'next-intl'
import { CodeBlock } from '@/components/ui'
import { Link } from '@/components/ui/link'
import type { Cell, Gap, ServerCoverage } from '@/lib/core'
import { gapValue } from './gap-value'
import { CellText } from './matrix'

type Props = { places: readonly ServerCoverage[]; base: string }

/** What to run where: one part for each server, and one for what exists once. */
export function CoverageByServer({ places, base }: Props) {
  return (
    <ul className="flex flex-col gap-6">
      {places.map((place) => (
        <li key={`${place.server} ${place.side}`} className="min-w-0">
          <Place place={place} base={base} />
        </li>
      ))}
    </ul>
  )
}

function Place({ place, base }: { place: ServerCoverage; base: string }) {
  const t = useTranslations('coverage')
  const words = useTranslations('words')
  const { server, side, row, gaps } = place
  return (
    <article className="rounded-card border border-line p-4">
      <h2 className="text-lead">
        {server ?? words(`side.${side}`)}
        {server !== null && side === 'edge' && <span className="text-ink-2"> ({words('side.edge')})</span>}
      </h2>
      <p className="mb-3 text-table text-ink-2">
        {server === null ? t('once') : gaps.length > 0 ? t('runHere', { count: gaps.length }) : t('nothingToRun')}
      </p>
      {row && <Cells cells={row.cells} base={base} />}
      {gaps.length > 0 && (
        <ul className="mt-3 grid gap-4 lg:grid-cols-2">
          {gaps.map((gap) => (
            <li key={gap.cmdlet} className="min-w-0">
              <GapHere gap={gap} />
            </li>
          ))}
        </ul>
      )}
    </article>
  )
}

function Cells({ cells, base }: { cells: readonly Cell[]; base: string }) {
  const words = useTranslations('words')
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2 text-table">
      {cells.map((cell) => (
        <div key={cell.collection} className="flex min-h-6 flex-wrap items-center gap-x-2">
          <dt className="text-ink-2">{words(`collection.${cell.collection}`)}</dt>
          <dd className="py-0.5">
            <CellText cell={cell} base={base} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function GapHere({ gap }: { gap: Gap }) {
  const t = useTranslations('coverage')
  return (
    <>
      <p className="mb-1 text-table text-ink-2">{gapValue(gap, t)}</p>
      <CodeBlock label={<code lang="en">{gap.cmdlet}</code>} code={gap.command} copyLabel={t('copy')} />
    </>
  )
}

/** Where a place that is missing is named, a link to the script that collects all of it. */
export function ScriptHint({ servers }: { servers: readonly string[] }) {
  const t = useTranslations('coverage')
  const query = servers.length > 0 && servers.length <= 50 ? `?servers=${encodeURIComponent(servers.join(','))}` : ''
  return (
    <p className="mb-4 max-w-[72ch] print:hidden">
      {t.rich('script', {
        link: (children) => (
          <Link href={`/collect${query}`} className="link">
            {children}
          </Link>
        ),
      })}
    </p>
  )
}
