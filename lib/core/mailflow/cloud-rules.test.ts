import { expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import { exported, inCloud, shown, transportRule, withoutProperties } from '../testing/exports-text'
import {
  areCloudRulesListed,
  cloudRules,
  isActiveRule,
  isBoundToSource,
  refusesBySource,
  setsBypass,
} from './cloud-rules'

type Own = Record<string, string>
const columns: Own = {
  SetSCL: '',
  FromScope: '',
  ExceptIfFromScope: '',
  SenderIpRanges: '',
  ExceptIfSenderIpRanges: '',
  HeaderContainsMessageHeader: '',
  HeaderMatchesMessageHeader: '',
  RejectMessageReasonText: '',
  RejectMessageEnhancedStatusCode: '',
  DeleteMessage: 'False',
  Quarantine: 'False',
}
const of = (own: Own = {}, ...without: string[]) =>
  withoutProperties(inCloud(transportRule('R', { ...columns, ...own })), ...without)
const configOf = (...rules: Own[]) => configFrom(exported('Get-TransportRule', ...rules))
const only = (own: Own = {}, ...without: string[]) => {
  const [rule] = cloudRules(configOf(of(own, ...without)))
  if (!rule) throw new Error('no rule was read')
  return rule
}

it.each([
  [{}, [], 'yes'],
  [{ State: 'Disabled' }, [], 'no'],
  [{ Mode: 'Audit' }, [], 'no'],
  [{ Mode: 'AuditAndNotify' }, [], 'no'],
  [{}, ['State'], 'unknown'],
  [{}, ['Mode'], 'unknown'],
])('acts, %j without %j: %s', (own, without, expected) =>
  expect(isActiveRule(only(own, ...without)).value).toBe(expected))

it.each([
  [{ SetSCL: '-1' }, [], 'yes'],
  [{ SetSCL: '1' }, [], 'no'],
  [{ SetSCL: '-10' }, [], 'no'],
  [{}, [], 'no'],
  [{}, ['SetSCL'], 'unknown'],
])('bypasses the filter, %j without %j: %s', (own, without, expected) =>
  expect(setsBypass(only(own, ...without)).value).toBe(expected))

it.each([
  [{}, [], 'no'],
  [{ SenderIpRanges: '{192.0.2.0/24}' }, [], 'yes'],
  [{ FromScope: 'InOrganization' }, [], 'yes'],
  [{ FromScope: 'NotInOrganization' }, [], 'no'],
  [{ ExceptIfFromScope: 'NotInOrganization' }, [], 'yes'],
  [{ ExceptIfFromScope: 'InOrganization' }, [], 'no'],
  [{ HeaderContainsMessageHeader: 'X-Gateway' }, [], 'no'],
  [{ HeaderContainsMessageHeader: 'Authentication-Results' }, [], 'yes'],
  [{ HeaderMatchesMessageHeader: 'x-ms-exchange-organization-authas' }, [], 'yes'],
  [{ HeaderMatchesMessageHeader: 'X-My-X-MS-Exchange-Organization-AuthAs' }, [], 'no'],
  [{}, ['SenderIpRanges'], 'unknown'],
  [{}, ['FromScope'], 'unknown'],
  [{}, ['HeaderContainsMessageHeader'], 'unknown'],
  [{ SenderIpRanges: '{192.0.2.0/24}' }, ['FromScope'], 'yes'],
])('is bound to a source, %j without %j: %s', (own, without, expected) =>
  expect(isBoundToSource(only(own, ...without)).value).toBe(expected))

const refuses = { ExceptIfSenderIpRanges: '{192.0.2.0/24}', RejectMessageReasonText: 'No' }
it.each([
  [[of()], 'no'],
  [[of(refuses)], 'yes'],
  [[of(), of({ ...refuses, Name: 'B', Identity: 'B' })], 'yes'],
  [[of({ ...refuses, State: 'Disabled' })], 'no'],
  [[of({ ...refuses, ExceptIfSenderIpRanges: '' })], 'no'],
  [[of({ ...refuses, RejectMessageReasonText: '' })], 'no'],
  [[of({ ...refuses, RejectMessageReasonText: '', DeleteMessage: 'True' })], 'yes'],
  [[of({ ...refuses, RejectMessageReasonText: '', Quarantine: 'True' })], 'yes'],
  [[of({ ...refuses, RejectMessageReasonText: '', RejectMessageEnhancedStatusCode: '5.7.1' })], 'yes'],
  [[of({ ...refuses, RejectMessageReasonText: '' }, 'Quarantine')], 'unknown'],
  [[of(refuses, 'ExceptIfSenderIpRanges')], 'unknown'],
] as const)('refuses other sources, %#: %s', (rules, expected) =>
  expect(refusesBySource(configOf(...rules)).value).toBe(expected))

it('knows that no rule does only from all rules of Exchange Online', () => {
  const one = configFrom(shown('Get-TransportRule R | Format-List', [of()]))
  expect([areCloudRulesListed(one), refusesBySource(one).value]).toEqual(['unknown', 'unknown'])
  const servers = configOf({ ...of(), OriginatingServer: 'dc01.contoso.local' })
  expect([areCloudRulesListed(servers), refusesBySource(servers).value]).toEqual(['no', 'unknown'])
  expect(cloudRules(servers)).toEqual([])
  expect(areCloudRulesListed(configOf(of()))).toBe('yes')
})
