import { useTranslations } from 'next-intl'
import { useSentence } from '@/components/simulator'
import { ButtonLink, DataTable, FactList, RowTh, Th } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { emptyForm, type Finding, findingsSearch, formSearch } from '@/lib/core'
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

/** The question to the simulator whose answer rests on the evidence, and for questions of relay everybody who can. */
export function Proving({ base, finding }: { base: string; finding: Finding }) {
  const t = useTranslations('finding')
  const sentence = useSentence()
  const { simulation } = finding
  if (!simulation) return null
  return (
    <div className="mt-4 rounded-card border border-line p-3 text-table">
      <p className="max-w-[72ch] break-words text-ink-2">{sentence({ ...emptyForm, ...simulation })}</p>
      <p className="mt-2 flex flex-wrap gap-2 print:hidden">
        <ButtonLink href={`${base}/simulate?${formSearch(simulation)}`} size="small">
          {t('simulate')}
        </ButtonLink>
        {finding.question === relayQuestion && (
          <ButtonLink href={`${base}/relay`} size="small">
            {t('whoCanRelay')}
          </ButtonLink>
        )}
      </p>
    </div>
  )
}

/** Of the six questions of the product the one that the page `relay` answers. */
const relayQuestion = 1

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
