import { and, type Certificate, contains, isTrue, known, or, type Property, type Tri, tri } from '../model'
import { serverKey } from './server-names'

const DAY_MS = 86_400_000

/** A moment that was exported. `certain` only with an offset: without one it is off by up to 14 hours. Milliseconds since 1970. */
export type Moment = { readonly at: number; readonly certain: boolean }

export function momentOf(p: Property<string>): Moment | undefined {
  const known = moments.get(p) ?? { moment: readMoment(p) }
  moments.set(p, known)
  return known.moment
}

const moments = new WeakMap<Property<string>, { readonly moment: Moment | undefined }>()

function readMoment(p: Property<string>): Moment | undefined {
  if (p.state !== 'ok') return undefined
  const certain = /(?:Z|[+-]\d\d:?\d\d)$/.test(p.value)
  const at = Date.parse(certain ? p.value : `${p.value}Z`)
  return Number.isNaN(at) ? undefined : { at, certain }
}

const SLACK_MS = (14 / 24) * DAY_MS

/** Has the moment passed on that day? Within the 14 hours that a missing offset leaves open nothing is certain. */
export function hasPassed(p: Property<string>, asOf: Date): Tri {
  const moment = momentOf(p)
  if (!moment) return 'unknown'
  const distance = asOf.getTime() - moment.at
  return !moment.certain && Math.abs(distance) < SLACK_MS ? 'unknown' : tri(distance >= 0)
}

/** Days from that day to the moment, negative once it has passed. Fractions of a day count. */
export function daysUntil(p: Property<string>, asOf: Date): number | undefined {
  const moment = momentOf(p)
  return moment && (moment.at - asOf.getTime()) / DAY_MS
}

/** Is the moment less than so many days away, or past? Within the 14 hours that a missing offset leaves open nothing is certain. */
export function endsWithin(p: Property<string>, asOf: Date, days: number): Tri {
  const moment = momentOf(p)
  if (!moment) return 'unknown'
  const distance = moment.at - asOf.getTime() - days * DAY_MS
  return !moment.certain && Math.abs(distance) < SLACK_MS ? 'unknown' : tri(distance < 0)
}

/**
 * How many days before its end a certificate is due for renewal: 60, for short-lived ones 15 % of its life, so that a certificate that
 * is renewed every 90 days is not always due. Half of it is urgent. undefined where the dates are not known.
 */
export function renewalWindow(c: Certificate): number | undefined {
  const [from, to] = [momentOf(c.notBefore), momentOf(c.notAfter)]
  if (!from || !to || to.at <= from.at) return undefined
  return Math.min(60, (0.15 * (to.at - from.at)) / DAY_MS)
}

const subjectHas = (c: Certificate, cn: RegExp): Tri => {
  const subject = known(c.subject)
  return subject === undefined ? 'unknown' : tri(cn.test(subject))
}

/** The certificate for OAuth between servers (and to Exchange Online), never taken for SMTP. Its name is the same in every language. */
export const isAuthCertificate = (c: Certificate): Tri =>
  subjectHas(c, /^\s*CN="?Microsoft Exchange Server Auth Certificate"?\s*$/i)

/** The certificate of the IIS management service: `CN=WMSvc-SHA2-EX01`. */
export const isWmsvcCertificate = (c: Certificate): Tri => subjectHas(c, /^\s*CN="?WMSvc(?:-SHA2)?-/i)

/**
 * Self-signed and for the names of the server itself: what setup makes and puts on every service (Digital certificates and
 * encryption in Exchange Server, learn.microsoft.com). Where the server is not known, its shape tells: a bare name and the same name
 * in one domain, nothing else.
 */
export const isSetupCertificate = (c: Certificate): Tri => and(isTrue(c.isSelfSigned), isForItsServer(c))

function isForItsServer(c: Certificate): Tri {
  const cn = /(?:^|,\s*)CN="?([^",]+)/i
    .exec(known(c.subject) ?? '')?.[1]
    ?.trim()
    .toLowerCase()
  if (cn === undefined) return known(c.subject) === undefined ? 'unknown' : 'no'
  if (c.server !== null) return tri(cn.split('.')[0] === serverKey(c.server))
  const names = known(c.certificateDomains)?.map((d) => d.toLowerCase())
  const isShaped = names?.some((n) => n.startsWith(`${cn}.`)) && names.every((n) => n === cn || n.startsWith(`${cn}.`))
  return isShaped && !cn.includes('.') ? 'yes' : 'unknown'
}

/** One that setup or IIS made and that nobody outside is meant to see: none of the rules about quality speaks of it. */
export const isBuiltInCertificate = (c: Certificate): Tri =>
  or(isAuthCertificate(c), isWmsvcCertificate(c), isSetupCertificate(c))

export const hasService = (c: Certificate, service: string): Tri =>
  contains(c.services, (s) => s.toLowerCase() === service.toLowerCase())

/** Is it bound to a service that shows it to others? UM and Federation show it to nobody on the way of mail. */
export const servesAnything = (c: Certificate): Tri =>
  contains(c.services, (s) => ['smtp', 'iis', 'imap', 'pop'].includes(s.toLowerCase()))
