import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { addressesOf, isLoopback, ownAddresses, toldAddressesOf } from '../../mailflow/own-addresses'
import { connectorOf } from '../../mailflow/receive-evidence'
import { serverKey } from '../../mailflow/server-names'
import {
  and,
  type Binding,
  type Config,
  contains,
  formatIp,
  isTrue,
  known,
  knownPart,
  type ReceiveConnector,
  type Tri,
  tri,
} from '../../model'
import { ask, comment, list, setProperties } from '../../remediation'
import { type Answers, defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'invalid-local-binding',
  family: 'selection',
  question: 5,
  severities: ['high'],
  needs: ['receiveConnectors'],
  optional: [],
  reads: { receiveConnectors: ['Enabled', 'Bindings'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-bindings',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/**
 * Is the binding to an address that the server does not have? By what a person told of the server. An address that was told to belong
 * to some Exchange server without saying which may be its second one.
 */
function isForeign(config: Config, c: ReceiveConnector, answers: Answers, b: Binding): Tri {
  const { address, family } = b
  if (address === null || isLoopback({ family, value: address })) return 'no'
  if (c.server === null) return 'unknown'
  const mine = toldAddressesOf(answers, c.server)
  const isIt = (a: { readonly family: number; readonly value: bigint }) => a.family === family && a.value === address
  if (mine.some(isIt)) return 'no'
  const told = ownAddresses(config, answers).find((a) => isIt(a) && a.evidence.length === 0)
  const elsewhere =
    told && (told.role !== 'exchange' || (told.server !== null && serverKey(told.server) !== serverKey(c.server)))
  if (elsewhere) return 'yes'
  return told || mine.length === 0 ? 'unknown' : 'yes'
}

const foreignOf = (config: Config, c: ReceiveConnector, answers: Answers): readonly Binding[] =>
  (knownPart(c.bindings) ?? []).filter((b) => isForeign(config, c, answers, b) === 'yes')

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const enabled = isTrue(c.enabled)
    const foreign = contains(c.bindings, (b) => isForeign(config, c, answers, b) === 'yes')
    const open = contains(c.bindings, (b) => isForeign(config, c, answers, b) === 'unknown')
    const value = and(enabled, foreign === 'no' && open === 'yes' ? 'unknown' : foreign)
    const object = refOf(c)
    if (value === 'yes') yield failure(config, c, answers)
    else if (value === 'no') yield { state: 'pass', object }
    else if (open === 'yes' && enabled === 'yes' && c.server !== null)
      yield { state: 'not-assessed', object, missing: [addressesOf([c.server], c.side)] }
    else yield { state: 'not-assessed', object, missing: [connectorOf(c)] }
  }
}

function failure(config: Config, c: ReceiveConnector, answers: Answers): Fail {
  const found = foreignOf(config, c, answers)
  const mine = toldAddressesOf(answers, c.server ?? '')
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(c)],
    params: {
      connector: c.id,
      server: c.server ?? '',
      bindings: found.map((b) => b.text).join(', '),
      addresses: mine.map((a) => a.text).join(', ') || 'unknown',
    },
    evidence: [evidence(c.bindings)],
    conditions: [
      { key: 'specific', value: 'yes', evidence: evidence(c.bindings) },
      { key: 'not-local', value: 'yes' },
      { key: 'told', value: tri(mine.length > 0) },
    ],
  }
}

const socket = (family: 4 | 6, address: bigint, port: number) =>
  family === 4 ? `${formatIp(4, address)}:${port}` : `[${formatIp(6, address)}]:${port}`

function fix(members: readonly [Fail, ...Fail[]], { config, answers }: RuleContext) {
  const asked = ask('bindings', {
    en: 'Addresses of this server and ports, each as "ADDRESS:PORT" in quotes, with commas between them',
    de: 'Adressen dieses Servers und Ports, je als "ADRESSE:PORT" in Anführungszeichen und durch Kommas getrennt',
  })
  /** Each address that is not there gives way to the one that was told for the family. */
  const rightOnes = (c: ReceiveConnector): readonly string[] | undefined => {
    const foreign = new Set(foreignOf(config, c, answers))
    const texts = known(c.bindings)?.map((b) => {
      const mine = toldAddressesOf(answers, c.server ?? '').find((a) => a.family === b.family)
      return foreign.has(b) ? mine && socket(mine.family, mine.value, b.port) : b.text
    })
    return texts?.every((t) => t !== undefined) ? [...new Set(texts)] : undefined
  }
  return setProperties(connectorsOfMembers(config, members), {
    set: (o) => {
      const right = rightOnes(o as ReceiveConnector)
      return { Bindings: right ? list(right) : asked }
    },
    before: [
      comment('Bindings is replaced as a whole. Connectors of two transport roles must not share an address and port.'),
    ],
    effect: 'restart',
    minutes: 15,
  })
}
