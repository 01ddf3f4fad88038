import { and, or } from '../../model'
import { nothing, type Session, type Stage } from '../session'
import { because, step } from '../step'
import type { AuthAs, Reply, TraceStep, World } from '../types'
import { accessList, sessionParams } from './lacking'
import { mayDo } from './rights'

const refusedAnonymous: Reply = {
  code: '530 5.7.57',
  text: 'Client was not authenticated to send anonymous mail during MAIL FROM',
}
const refusedOther: Reply = { code: '550 5.7.1', text: 'Client does not have permissions to submit to this server' }

/** ms-Exch-SMTP-Submit: without it MAIL FROM is refused. Source: Receive connectors, “Receive connector permissions”. */
export const permission: Stage = (s, world) => {
  if (s.connector === null) return nothing
  const submit = mayDo(s, world, 'submit')
  // PermissionGroups shows every group that may submit, and Custom for rows beside them: what is presumed is the answer.
  const rests = submit.value === 'presumed-no' ? s.cloudRule : submit.confidence
  const parts = { params: sessionParams(s), because: because(...submit.because), confidence: rests }
  if (submit.value === 'yes') return { steps: [step('permission', 'may-submit', parts), headers(s, world)], rests }
  if (submit.value === 'unknown')
    return {
      steps: [step('permission', 'not-certain', { ...parts, missing: accessList(s) })],
      end: { disposition: 'insufficient-info', authAs: 'unknown' },
    }
  return {
    steps: [step('permission', 'may-not-submit', parts)],
    end: { disposition: 'rejected', reply: s.principal === 'anonymous' ? refusedAnonymous : refusedOther },
    rests,
  }
}

/** The header firewall: X-MS-Exchange-Organization-* pass with their right only. Source: Header firewall (learn.microsoft.com). */
function headers(s: Session, world: World): TraceStep {
  const params = sessionParams(s)
  const keeps = mayDo(s, world, 'organizationHeaders')
  const why = because(...keeps.because)
  // Headers that Exchange Online wrote are taken over only where XOORG names the own organisation (KB3079142).
  if (s.trusted === 'yes') return step('permission', 'headers-promoted', { params, confidence: 'likely' })
  if (keeps.value === 'yes') return step('permission', 'organisation-headers-kept', { params, because: why })
  if (keeps.value === 'unknown')
    return step('permission', 'headers-not-certain', { params, because: why, missing: accessList(s) })
  if (s.trusted === 'unknown') return step('permission', 'headers-not-certain', { params, confidence: 'unknown' })
  return step('permission', 'organisation-headers-removed', { params, because: why })
}

/** What the message counts as from here on. A user and a partner do by what they are; headers that are taken over say it. */
export function authAsOf(s: Session, world: World): AuthAs {
  if (s.principal === 'user') return 'Internal'
  if (s.principal === 'partner') return 'Partner'
  // Own servers keep the headers in which the first of them wrote it down.
  if (s.principal === 'exchange-server' && s.packet.wasOnPremises) return s.packet.authAs
  const flag = mayDo(s, world, 'authenticationFlag').value
  const value = or(flag === 'presumed-no' ? 'no' : flag, and(s.trusted, s.packet.crossPremises))
  return value === 'yes' ? 'Internal' : value === 'no' ? 'Anonymous' : 'unknown'
}
