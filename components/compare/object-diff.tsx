import { useTranslations } from 'next-intl'
import { Chip, DataTable, RowTh, Th } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { type ObjectChange, type PropertyChange, placePath } from '@/lib/core'
import type { Bases } from './types'

type Files = { readonly before: Readonly<Record<string, string>>; readonly after: Readonly<Record<string, string>> }
type Props = { object: ObjectChange; files: Files; bases: Bases; isOpen: boolean }

/** One object that came, went or changed; its properties are folded. */
export function ObjectDiff({ object, files, bases, isOpen }: Props) {
  const t = useTranslations('compare')
  const words = useTranslations('words')
  const { id, change, properties, side } = object
  const name = (
    <>
      <strong className="font-semibold [overflow-wrap:anywhere]" lang="en">
        {id}
      </strong>{' '}
      {side !== 'on-premises' && <Chip className="ms-1">{words(`side.${side}`)}</Chip>}
    </>
  )
  if (change !== 'changed')
    return (
      <div className="keep rounded-card border border-line px-3 py-2">
        {name} <Chip>{t(`change.${change}`)}</Chip>
        {!object.isCertain && <p className="mt-1 text-table text-ink-2">{t(`uncertain.${change}`)}</p>}
        <p className="text-table">
          <PlaceLink place={object.place} of={change === 'removed' ? 'before' : 'after'} files={files} bases={bases} />
        </p>
      </div>
    )
  return (
    <details open={isOpen} className="rounded-card border border-line">
      <summary className="tap px-3 py-2">
        {name} <span className="text-ink-2">{t('properties', { count: properties.length })}</span>
      </summary>
      <div className="px-3 pb-3">
        <Properties object={object} files={files} bases={bases} />
        {object.incomparable.length > 0 && (
          <p className="mt-2 text-table text-ink-2 [overflow-wrap:anywhere]">
            {t('incomparable', { count: object.incomparable.length })}{' '}
            <span lang="en">{object.incomparable.join(', ')}</span>
          </p>
        )}
      </div>
    </details>
  )
}

function Properties({ object, files, bases }: Omit<Props, 'isOpen'>) {
  const t = useTranslations('compare')
  return (
    <DataTable caption={t('caption', { object: object.id })} hideCaption>
      <thead>
        <tr>
          <Th className="w-1/4">{t(object.collection === 'adPermissions' ? 'column.who' : 'column.property')}</Th>
          <Th>{t('column.before')}</Th>
          <Th>{t('column.after')}</Th>
        </tr>
      </thead>
      <tbody>
        {object.properties.map((p) => (
          <tr key={p.property}>
            <RowTh className="min-w-36 [overflow-wrap:anywhere]">
              <code lang="en">{p.property}</code>
              {p.kept > 0 && <span className="mt-1 block text-ink-2">{t('kept', { count: p.kept })}</span>}
            </RowTh>
            <td className="min-w-40">
              <Values change={p} of="before" />
              <PlaceLink place={p.before} of="before" files={files} bases={bases} />
            </td>
            <td className="min-w-40">
              <Values change={p} of="after" />
              <PlaceLink place={p.after} of="after" files={files} bases={bases} />
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  )
}

const valuesShown = 50
const looks = {
  before: { sign: '\u2212', className: 'bg-removed-bg text-removed' },
  after: { sign: '+', className: 'bg-added-bg text-added' },
}

function Values({ change, of }: { change: PropertyChange; of: 'before' | 'after' }) {
  const t = useTranslations('compare')
  const values = of === 'before' ? change.removed : change.added
  const { sign, className } = looks[of]
  const Element = of === 'before' ? 'del' : 'ins'
  if (values.length === 0) return <p className="text-ink-2">{t(change.kept > 0 ? `nothing.${of}` : 'empty')}</p>
  return (
    <ul className="mb-1 space-y-0.5">
      {values.slice(0, valuesShown).map((value) => (
        <li key={value}>
          <Element className={`inline rounded-mark px-1 no-underline [overflow-wrap:anywhere] ${className}`}>
            <span aria-hidden>{sign} </span>
            <code lang="en">{value}</code>
          </Element>
        </li>
      ))}
      {values.length > valuesShown && (
        <li className="text-ink-2">{t('moreValues', { count: values.length - valuesShown })}</li>
      )}
    </ul>
  )
}

type PlaceProps = Pick<Props, 'files' | 'bases'> & { place: PropertyChange['before']; of: 'before' | 'after' }

/** The line of the file that says so. */
function PlaceLink({ place, of, files, bases }: PlaceProps) {
  const words = useTranslations('words')
  if (!place) return null
  const [from, to] = place.lines
  const name = files[of][place.source] ?? place.source
  return (
    <Link
      href={`${bases[of]}/${placePath(place.source, place.lines)}`}
      className="link text-meta [overflow-wrap:anywhere]"
    >
      {name}, {from === to ? words('line', { from }) : words('lines', { from, to })}
    </Link>
  )
}
