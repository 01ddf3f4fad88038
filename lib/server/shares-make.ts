import 'server-only'
import {
  compareReports,
  type KeyEntry,
  type Pseudonyms,
  pseudonymsFor,
  type Report,
  redactReport,
  redactTopology,
  summariseReport,
  type Topology,
} from '@/lib/core'
import { shownReport } from './accepted'
import { type Actor, may, sees } from './access'
import { db } from './db'
import { AppError } from './errors'
import { instance } from './instance'
import { loadTopology } from './reports'
import { keyed, newToken } from './secrets'
import type { GuestContent } from './shares-content'
import type { ShareTarget, ShareView } from './shares-input'
import { joinedInventory, reducedComparison, reducedReport, reducedTopology, sharedFindings } from './shares-reduce'
import { throttle } from './throttle'

type Place = { readonly environmentId: string; readonly auditId: string }

/** Where an audit is. Throws AppError: `not-found` for one the actor knows nothing of, `not-allowed` for one that may not be shared. */
export async function placeOf(actor: Actor, auditId: string): Promise<Place> {
  const audit = await (await db()).audit.findUnique({ where: { id: auditId }, select: { environmentId: true } })
  if (!audit || !sees(actor, audit)) throw new AppError('not-found')
  if (!may(actor, 'share', audit)) throw new AppError('not-allowed')
  return { environmentId: audit.environmentId, auditId }
}

/** The state of a map that may be told: a selection names what it selects. */
function searchOf(target: ShareTarget, isFull: boolean): string {
  if (target.kind !== 'map') return ''
  const asked = new URLSearchParams(target.search)
  const kept = [...asked].filter(([key]) => key === 'view' || (isFull && key === 'sel'))
  return new URLSearchParams(kept).toString()
}

/** People here, and what they call the place: none of it stands in an export, and all of it may stand in a text somebody typed. */
async function namesHere(place: Place): Promise<string[]> {
  const client = await db()
  const people = await client.user.findMany({ select: { name: true, email: true } })
  const environments = await client.environment.findMany({ select: { name: true } })
  const audit = await client.audit.findUnique({ where: { id: place.auditId }, select: { name: true } })
  return [...people.flatMap((p) => [p.name, p.email]), ...environments.map((e) => e.name), audit?.name ?? '']
}

async function checkLevel({ level, target }: ShareView): Promise<void> {
  if (level === 'full' && !(await instance()).sharing.allowFull) throw new AppError('share-level')
  // Of a map and a comparison nothing is left without names.
  const hasSummary = target.kind !== 'map' && target.kind !== 'comparison'
  if (level === 'summary' && !hasSummary) throw new AppError('share-summary')
}

/** Nobody works out a seed from the draft, which stands in addresses. */
const seedOf = ({ auditId, draft }: ShareView): string =>
  draft === undefined ? newToken() : keyed('pseudonyms of a share', `${auditId} ${draft}`)

type Made = { readonly content: GuestContent; readonly keyTable: readonly KeyEntry[] | null }

type Parts = {
  readonly report: Report
  readonly topology: Topology
  /** What it is compared with. */
  readonly earlier: Report | null
}

/** The other report of a comparison, of the same environment. Throws AppError: `not-found`, `not-analysed`. */
async function earlierOf({ environmentId }: Place, target: ShareTarget): Promise<Report | null> {
  if (target.kind !== 'comparison') return null
  const where = { id: target.other, environmentId }
  if ((await (await db()).audit.count({ where })) === 0) throw new AppError('not-found')
  const report = await shownReport(target.other)
  if (!report) throw new AppError('not-analysed')
  return report
}

/** Cuts out what a link shows and redacts it. Throws AppError: `not-analysed`, `not-found` for a finding that is not there. */
export async function contentOf(place: Place, view: ShareView): Promise<Made> {
  await checkLevel(view)
  const { target, level, allows } = view
  const report = await shownReport(view.auditId)
  const topology = await loadTopology(view.auditId)
  if (!report || !topology) throw new AppError('not-analysed')
  const parts = { report, topology, earlier: await earlierOf(place, target) }
  const search = searchOf(target, level === 'full')
  const named = { content: 1, kind: target.kind, level, allows, search } as const
  switch (level) {
    case 'full':
      return { content: { ...named, ...(await fullNames(place)), ...cut(view, parts) }, keyTable: null }
    case 'summary':
      return { content: { ...named, ...noNames, ...summarised(view, parts) }, keyTable: null }
    case 'pseudonyms': {
      const pseudonyms = pseudonymsFor(both(parts), { seed: seedOf(view), also: await namesHere(place) })
      const content = { ...named, ...noNames, ...redacted(view, parts, pseudonyms) }
      return { content, keyTable: pseudonyms.table() }
    }
  }
}

/** One report that holds the names of both. */
const both = ({ report, earlier }: Parts): Report =>
  earlier === null
    ? report
    : {
        ...report,
        sources: [...report.sources, ...earlier.sources],
        inventory: joinedInventory(report, earlier),
        intended: [...report.intended, ...earlier.intended],
        messages: [...report.messages, ...earlier.messages],
        outcomes: [...report.outcomes, ...earlier.outcomes],
        findings: [...report.findings, ...earlier.findings],
      }

const noNames = { environmentName: null, auditName: null, sharedBy: null } as const

const cut = (view: ShareView, { report, topology, earlier }: Parts) => ({
  report: reducedReport(report, view, sharedFindings(report, view)),
  topology: reducedTopology(topology, view),
  comparison: earlier && reducedComparison(compareReports(earlier, report), view),
})

/** Redacted as a whole, then cut: what stands as evidence is looked up in the inventory. */
function redacted(view: ShareView, { report, topology, earlier }: Parts, pseudonyms: Pseudonyms) {
  const shown = sharedFindings(report, view).map(pseudonyms.finding)
  const safe = redactReport(report, pseudonyms)
  return {
    report: reducedReport(safe, view, shown),
    topology: reducedTopology(redactTopology(topology, pseudonyms), view),
    // Compared after they were redacted: the same names have the same pseudonyms in both.
    comparison: earlier && reducedComparison(compareReports(redactReport(earlier, pseudonyms), safe), view),
  }
}

/** Numbers and titles of rules. What was accepted stays so, or it would count again. */
function summarised(view: ShareView, parts: Parts) {
  const { report } = cut(view, parts)
  const summary = summariseReport(report)
  const findings = summary.findings.map((f, i) => ({
    ...f,
    ...(report.findings[i]?.accepted && { accepted: { reason: '', until: null } }),
  }))
  return { report: { ...summary, findings }, topology: null, comparison: null }
}

async function fullNames({ auditId }: Place) {
  const include = { environment: { select: { name: true } } }
  const audit = await (await db()).audit.findUnique({ where: { id: auditId }, include })
  const { general } = await instance()
  return {
    environmentName: audit?.environment.name ?? null,
    auditName: audit?.name ?? null,
    sharedBy: general.name === 'Postern' ? null : general.name,
  }
}

/** What guests would see, without making a link. The same way as `createShare`; throws what it throws. */
export async function previewContent(actor: Actor, view: ShareView): Promise<GuestContent> {
  const place = await placeOf(actor, view.auditId)
  await throttle('share', actor.id)
  return (await contentOf(place, view)).content
}
