import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ButtonLink, DataTable, FactList, RowTh, Th } from '@/components/ui'
import { type Finding, findingsSearch } from '@/lib/core'
import { FindingLinks } from './finding-links'

/** Who can reach it, how it is known, how certain that is: three facts that are never mixed into one number. */
export function Facts({ base, finding }: { base: string; finding: Finding }) {
  const t = useTranslations('finding')
  const words = useTranslations('words')
  const common = useTranslations('common')
  const { question } = finding
  const facts: [string, React.ReactNode][] = [
    [t('exposure'), words(`exposure.${finding.exposure}`)],
    [t('proof'), words(`proof.${finding.proof}`)],
    [t('confidence'), words(`confidence.${finding.confidence}`)],
    [
      t('question'),
      <Link key="q" href={`${base}/findings${findingsSearch({ topic: [question] })}`} className="link">
        {common(`question.${question}`)}
      </Link>,
    ],
  ]
  return <FactList facts={facts} />
}

const kinds = [
  'receiveConnector',
  'sendConnector',
  'certificate',
  'server',
  'acceptedDomain',
  'remoteDomain',
  'inboundConnector',
  'outboundConnector',
  'hybridConfiguration',
  'adPermission',
  'edgeSubscription',
  'organisation',
] as const

type AffectedProps = { base: string; finding: Finding; mapHref: string }

/** The objects it is about, each with everything else that was found about it. */
export function Affected({ base, finding, mapHref }: AffectedProps) {
  const t = useTranslations('finding')
  return (
    <>
      <DataTable caption={t('affectedCaption')} hideCaption>
        <thead>
          <tr>
            <Th>{t('object')}</Th>
            <Th>{t('kind')}</Th>
            <Th>{t('server')}</Th>
          </tr>
        </thead>
        <tbody>
          {finding.objects.map((o) => (
            <tr key={`${o.kind} ${o.id}`}>
              <RowTh>
                <Link
                  href={`${base}/findings${findingsSearch({ obj: [o.id] })}`}
                  className="link break-words"
                  lang="en"
                >
                  {o.id}
                </Link>
              </RowTh>
              <td>{t(`kinds.${kinds.find((k) => k === o.kind) ?? 'other'}`)}</td>
              <td>
                {o.server && (
                  <Link href={`${base}/findings${findingsSearch({ srv: [o.server] })}`} className="link">
                    {o.server}
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </DataTable>
      <p className="mt-3">
        <ButtonLink href={mapHref} size="small">
          {t('showOnMap')}
        </ButtonLink>
      </p>
    </>
  )
}

/** Findings with the same cause: they go with this one. */
export function Absorbed({ base, findings }: { base: string; findings: readonly Finding[] }) {
  const t = useTranslations('finding')
  return (
    <>
      <p className="mb-2 text-ink-2">{t('absorbsText')}</p>
      <FindingLinks base={base} findings={findings} />
    </>
  )
}

/** Addresses of the documentation, whole, so that they are readable on paper too. */
export function References({ urls }: { urls: readonly string[] }) {
  return (
    <ul className="space-y-1">
      {urls.map((url) => (
        <li key={url}>
          <a href={url} rel="noreferrer" className="link break-all" lang="en">
            {url.replace(/^https:\/\//, '')}
          </a>
        </li>
      ))}
    </ul>
  )
}
