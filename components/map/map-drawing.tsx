import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { parsePath, renderTopologySvg, type Selection, type Topology } from '@/lib/core'
import styles from './map.module.css'
import { MapKeys } from './map-keys'
import { type MapQuery, mapHref } from './query'

/** The sheet of the map: printed in landscape. */
export function MapSheet({ children }: { children: ReactNode }) {
  return <div className={styles.sheet}>{children}</div>
}

type Props = {
  base: string
  query: MapQuery
  topology: Topology
  selected: Selection | null
  marked: ReadonlySet<string>
}

/** The drawing, made on the server: plain links in an SVG. A small script adds arrow keys on top. */
export function MapDrawing({ base, query, topology, selected, marked }: Props) {
  const t = useTranslations('map')
  const lang = useLocale()
  const links = (selection: Selection) => mapHref(base, query, { sel: selection })
  const path = parsePath(query.path, topology)
  const html = { __html: renderTopologySvg({ topology, theme: 'page', lang, selected, marked, path, links }) }
  return (
    <figure className={`${styles.figure} hidden lg:block print:block`}>
      <section
        id="map-drawing"
        aria-label={t('canvas')}
        className={styles.canvas}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: the SVG is made by the core, which escapes what was uploaded
        dangerouslySetInnerHTML={html}
      />
      <p className="sr-only">{t('keys')}</p>
      <MapKeys
        target="map-drawing"
        close={selected === null ? null : mapHref(base, query, { sel: '' })}
        selected={selected?.id ?? null}
      />
    </figure>
  )
}
