import { useLocale, useTranslations } from 'next-intl'
import { Fragment } from 'react'
import { Chip, DataTable, RowTh, Th } from '@/components/ui'
import { Link } from '@/components/ui/link'
import {
  type Door,
  decidingProperties,
  type InventoryObject,
  mapTexts,
  placePath,
  type Report,
  whoText,
} from '@/lib/core'

type Props = { base: string; report: Report; doors: readonly Door[]; tableHref: string }

/** More than a screen of connectors is a table's business. */
const limit = 20

/** The connectors behind a line, each with the properties that decide and the place of each in the uploaded file. */
export function DoorList({ base, report, doors, tableHref }: Props) {
  const t = useTranslations('map.panel')
  const shown = doors.slice(0, limit)
  return (
    <>
      <ul className="space-y-2">
        {shown.map((door) => (
          <li key={`${door.collection} ${door.connector} ${door.direction} ${door.who.items.join()}`}>
            <DoorView base={base} report={report} door={door} open={doors.length <= 2} />
          </li>
        ))}
      </ul>
      {doors.length > limit && (
        <p className="mt-2">
          <Link href={tableHref} className="link">
            {t('allInTable', { count: doors.length })}
          </Link>
        </p>
      )}
    </>
  )
}

function DoorView({ base, report, door, open }: { base: string; report: Report; door: Door; open: boolean }) {
  const t = useTranslations('map.panel')
  const lang = useLocale()
  const words = mapTexts(lang)
  if (door.connector === null) return <p className="text-ink-2">{t('implicit')}</p>
  const object = door.collection && (report.inventory[door.collection] ?? []).find((item) => item.id === door.connector)
  const facts = [
    ...(door.ports.length > 0 ? [`Port ${door.ports.join(', ')}`] : []),
    whoText(door, lang),
    words.protections[door.protection],
    words.trusts[door.trust],
    ...(door.via.length > 0 ? [door.via.slice(0, 4).join(', ')] : []),
  ].filter((fact) => fact !== '')
  return (
    <details open={open} className="rounded-card border border-line bg-canvas">
      <summary className="tap px-3 py-2">
        <span className="font-semibold break-words">{door.server ? `${door.server}\\${door.name}` : door.name}</span>{' '}
        <span className="text-table text-ink-2">{t(door.direction === 'receive' ? 'receives' : 'sends')}</span>{' '}
        {door.unproven && <Chip>{words.unproven}</Chip>}
        <span className="block text-table text-ink-2">{facts.join(' · ')}</span>
        {door.certainty === 'likely' && <span className="block text-table text-ink-2">{t('likely')}</span>}
      </summary>
      <div className="px-3 pb-3">
        {object && (
          <Properties
            base={base}
            object={object}
            names={decidingProperties(door.collection)}
            of={door.server ? `${door.server}\\${door.name}` : door.name}
            report={report}
          />
        )}
      </div>
    </details>
  )
}

function Properties({
  base,
  object,
  names,
  of,
  report,
}: {
  base: string
  object: InventoryObject
  names: readonly string[]
  of: string
  report: Report
}) {
  const t = useTranslations('map')
  const ids = new Set(names.flatMap((name) => object.properties[name]?.source ?? []))
  const files = report.sources.filter((source) => ids.has(source.id)).map((source) => source.name)
  return (
    <DataTable caption={t('panel.properties', { connector: of, files: files.join(', ') })}>
      <thead>
        <tr>
          <Th>{t('panel.property')}</Th>
          <Th>{t('panel.value')}</Th>
          <Th>{t('panel.place')}</Th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const property = object.properties[name]
          return (
            <tr key={name}>
              <RowTh>
                <code lang="en">{name}</code>
              </RowTh>
              <td className="break-words">
                <Value property={property} />
              </td>
              <td className="whitespace-nowrap">
                {property && (
                  <Link href={`${base}/${placePath(property.source, property.lines)}`} className="link">
                    {t('panel.line', { line: property.lines[0] })}
                  </Link>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </DataTable>
  )
}

const items = 8

function Value({ property }: { property: InventoryObject['properties'][string] | undefined }) {
  const t = useTranslations('map')
  if (!property) return <span className="text-ink-2">{t('state.missing')}</span>
  const { value, state } = property
  const list = Array.isArray(value)
    ? value
    : value === undefined || value === ''
      ? []
      : [typeof value === 'boolean' ? t(value ? 'yes' : 'no') : String(value)]
  const rest = list.length - items
  return (
    <>
      {list.slice(0, items).map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list as exported may hold an item twice
        <Fragment key={index}>
          {index > 0 && ', '}
          <code lang="en">{item}</code>
        </Fragment>
      ))}
      {rest > 0 && <span className="text-ink-2"> {t('panel.more', { count: rest })}</span>}
      {(state !== 'ok' || list.length === 0) && (
        <span className="text-ink-2">{t(`state.${state === 'ok' ? 'empty' : state}`)}</span>
      )}
    </>
  )
}
