import { exchangeOnlineCidrs } from '../defaults/exchange-online-ranges'
import { exposureOf } from '../exposure/exposure'
import { witnessIn } from '../exposure/theorem'
import type { ExposureClass, ListenerExposure } from '../exposure/types'
import { publicParts } from '../mailflow/ranges'
import { sameServer } from '../mailflow/server-names'
import { type IpRange, knownPart } from '../model'
import type { Finding } from '../report/schema'
import { domainsOf, tenantDomain } from './choices'
import { askedForm, emptyForm, type SimForm } from './form'
import { trace } from './trace'
import type { Because, Trace, World } from './types'

type Asking = Partial<SimForm>

/** A domain that is in no organisation (RFC 2606). */
const foreign = 'example.net'
/** Places of one finding that are tried, and classes of addresses at each. */
const [mostPlaces, mostClasses] = [4, 3]

/** Of the six questions of the product: who may relay, and whether the hybrid connection works. Only for that one the own tenant is asked. */
const [relayQuestion, hybridQuestion] = [1, 4]
const isService = (domain: string): boolean => /(?:^|\.)outlook\.com$/i.test(domain)

/** Where a finding can be met: a listener, and the addresses that its object answers there. */
type Spot = { readonly listener: ListenerExposure; readonly of: ExposureClass }

const answers = (of: ExposureClass, ids: ReadonlySet<string>): boolean =>
  (of.connector !== null && ids.has(of.connector.id)) || of.ambiguous.some((c) => ids.has(c.id))

/** Listeners where a connector of the finding answers; where it is about something else, what its servers have for strangers. */
function spotsOf({ config }: World, finding: Finding): readonly Spot[] {
  const { listeners } = exposureOf(config)
  const connectors = finding.objects.filter((o) => o.kind === 'receiveConnector')
  const ids = new Set(connectors.map((o) => o.id))
  const servers = finding.objects.flatMap((o) => o.server ?? (o.kind === 'server' ? o.id : []))
  const own = listeners.filter((l) => servers.length === 0 || servers.some((s) => sameServer(s, l.server)))
  const spots = own.flatMap((listener) => {
    const mine = listener.classes.filter((of) => (ids.size > 0 ? answers(of, ids) : of.submit !== 'no'))
    return mine.slice(0, mostClasses).map((of) => ({ listener, of }))
  })
  // Port 25 and IPv4 are what people ask first; else the order of the exposure, which does not depend on that of the files.
  const rank = ({ listener: l }: Spot) => Number(l.port !== 25) * 2 + Number(l.family !== 4)
  return [...spots].sort((a, b) => rank(a) - rank(b)).slice(0, mostPlaces)
}

const meet = (a: readonly IpRange[], b: readonly IpRange[]): readonly IpRange[] =>
  a.flatMap((x) =>
    b.flatMap((y) => {
      const [lo, hi] = [x.lo > y.lo ? x.lo : y.lo, x.hi < y.hi ? x.hi : y.hi]
      return x.family === y.family && lo <= hi ? [{ family: x.family, lo, hi, text: '' }] : []
    }),
  )

/** What can be asked at a spot. Those who come from outside are asked before those inside, the service where it is about the service. */
function asked(world: World, finding: Finding, { listener, of }: Spot): readonly (readonly Asking[])[] {
  const { own } = domainsOf(world.config)
  const domain = own.find((d) => !d.endsWith('.onmicrosoft.com')) ?? own[0]
  const at = { to: listener.server, ...(listener.port === 25 ? {} : { port: String(listener.port) }) }
  const open = publicParts(of.ranges)
  const from = witnessIn(open.length > 0 ? open : of.ranges)
  const cloud = meet(of.ranges, exchangeOnlineCidrs)
  const named = knownPart(of.connector?.tlsDomainCapabilities ?? { state: 'missing', name: '' })
  const mine = domain === undefined ? {} : { rcpt: domain }
  const strangers: Asking[] = [
    { from, rcpt: foreign },
    { from, ...(domain === undefined ? {} : { sender: domain }), rcpt: foreign },
    { from, ...mine },
    ...(named ?? []).flatMap((c) =>
      c.pinned || isService(c.domain)
        ? []
        : [{ from, cert: c.domain.replace(/^\*\./, 'mail.').toLowerCase(), rcpt: foreign }],
    ),
  ]
  const address = cloud.length === 0 ? {} : { from: witnessIn(cloud) }
  const tenant = { cert: 'other-tenant', ...address }
  const [relay, submit] = [
    { ...tenant, rcpt: foreign },
    { ...tenant, ...mine },
  ]
  const ours = { cert: 'exchange-online', ...address, ...mine }
  const service =
    finding.question === hybridQuestion
      ? [ours]
      : finding.question === relayQuestion
        ? [relay, submit]
        : [submit, relay]
  const groups = finding.exposure === 'cloud' ? [service, strangers] : [strangers, service]
  return groups.map((group) => group.map((question) => ({ ...at, ...question })))
}

const placesOf = (t: Trace): readonly Because[] =>
  [t, ...t.branches].flatMap((way) => way.hops.flatMap((h) => h.steps.flatMap((s) => s.because)))

/** Lines of the evidence that decide a step of the way. */
function read(finding: Finding, t: Trace): number {
  const because = placesOf(t)
  return finding.evidence.filter((e) =>
    because.some(
      ({ place }) => place.source === e.source && place.lines[0] <= e.lines[1] && e.lines[0] <= place.lines[1],
    ),
  ).length
}

/**
 * The question to the simulator whose answer rests on most of what proves a finding; null where none does. Nothing here knows a rule:
 * who is asked comes from the finding's objects and from who can reach it, and the way must read lines of its evidence. Those who
 * come second are asked only where the first ones lead to none of them.
 */
export function findingQuestion(world: World, finding: Finding): Asking | null {
  const tenant = tenantDomain(world.config)
  const spots = spotsOf(world, finding).map((spot) => asked(world, finding, spot))
  for (const group of [0, 1]) {
    let best: { readonly question: Asking; readonly lines: number } | null = null
    for (const question of spots.flatMap((groups) => groups[group] ?? [])) {
      const form = askedForm({ ...emptyForm, ...question }, tenant)
      const lines = 'problems' in form ? 0 : read(finding, trace(world, form.question))
      if (lines > (best?.lines ?? 0)) best = { question, lines }
    }
    if (best) return best.question
  }
  return null
}

/** Findings with their questions. One without a question stays as it is. */
export const withQuestions = (world: World, findings: readonly Finding[]): Finding[] =>
  findings.map((finding, i) => {
    const simulation = i < mostFindings ? findingQuestion(world, finding) : null
    return simulation === null ? finding : { ...finding, simulation }
  })

/** Each takes several traces, and where hundreds fail alike nobody asks about each: the worst, which come first, have their question. */
const mostFindings = 40
