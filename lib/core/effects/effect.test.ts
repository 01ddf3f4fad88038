import { describe, expect, it } from 'vitest'
import { analyse } from '../analyse'
import { configFrom } from '../testing/config-from'
import { receiveConnector, receiveExport, shown } from '../testing/exports-text'
import { effectOf } from './effect'

const asOf = new Date('2026-11-21T00:00:00Z')
const analysed = (text: string) => {
  const context = { config: configFrom(text), asOf, answers: {} }
  return { context, before: analyse(context, () => '') }
}

const row = (right: string, own: Record<string, string> = {}) => ({
  Identity: 'EX01\\Relay',
  User: 'NT AUTHORITY\\ANONYMOUS LOGON',
  Deny: 'False',
  IsInherited: 'False',
  AccessRights: '{ExtendedRight}',
  ExtendedRights: `{${right}}`,
  ...own,
})
const relay = receiveExport(
  receiveConnector(
    { PermissionGroups: 'AnonymousUsers, Custom', AuthMechanism: 'Tls', Bindings: '{0.0.0.0:25}' },
    'EX01',
    'Relay',
  ),
)
const list = (...rows: readonly Record<string, string>[]) =>
  shown('Get-ReceiveConnector "EX01\\Relay" | Get-ADPermission | Format-List', rows)

describe('what a change does', () => {
  it('takes a right away, and nothing stays of the finding', () => {
    const { context, before } = analysed(
      relay + list(row('ms-Exch-SMTP-Accept-Any-Recipient'), row('ms-Exch-SMTP-Submit')),
    )
    const open = before.findings.find((f) => f.rule === 'open-relay-anonymous')
    expect(open?.severity).toBe('critical')
    const effect = effectOf(context, before, open?.id ?? '')
    expect(effect).toMatchObject({ state: 'known', isResolved: true, added: [] })
  })

  it('leaves an inherited right, and says that the command does not reach it', () => {
    const inherited = row('ms-Exch-SMTP-Accept-Any-Recipient', { IsInherited: 'True' })
    const { context, before } = analysed(relay + list(inherited, row('ms-Exch-SMTP-Submit')))
    const open = before.findings.find((f) => f.rule === 'open-relay-anonymous')
    expect(effectOf(context, before, open?.id ?? '')).not.toMatchObject({ isResolved: true })
  })

  it('says nothing of an unknown finding', () => {
    const { context, before } = analysed(relay)
    expect(effectOf(context, before, 'none.such')).toEqual({ state: 'unknown', reason: 'no-fix' })
  })

  it('takes what a person filled in', () => {
    const wide = receiveConnector(
      { PermissionGroups: 'AnonymousUsers, Custom', RemoteIPRanges: '{10.0.0.0/8}', Bindings: '{0.0.0.0:25}' },
      'EX01',
      'Relay',
    )
    const text = receiveExport(wide) + list(row('ms-Exch-SMTP-Accept-Any-Recipient'), row('ms-Exch-SMTP-Submit'))
    const { context, before } = analysed(text)
    const id = before.findings.find((f) => f.rule === 'anonymous-relay-wide-range')?.id ?? ''
    expect(effectOf(context, before, id)).toEqual({ state: 'unknown', reason: 'placeholder' })
    const name = before.fixes.get(id)?.placeholders[0]?.name ?? ''
    expect(effectOf(context, before, id, { [name]: "'10.0.0.4','10.0.0.5'" })).toMatchObject({ isResolved: true })
    expect(effectOf(context, before, id, { [name]: "'10.0.0.0/9'" })).toMatchObject({ isResolved: false })
  })
})
