import { describe, expect, it } from 'vitest'
import { askedForm, emptyForm, formSearch, isEmptyForm, parseForm, swapForm } from './form'

const ask = (params: Record<string, string>) => askedForm(parseForm(params), 'contoso.onmicrosoft.com')
const question = (params: Record<string, string>) => {
  const asked = ask(params)
  if ('problems' in asked) throw new Error(JSON.stringify(asked.problems))
  return asked.question
}
const problems = (params: Record<string, string>) => {
  const asked = ask(params)
  return 'problems' in asked ? asked.problems : []
}

describe('the form of the simulator', () => {
  it('leaves out of an address what is usual, and sorts the rest', () => {
    const form = parseForm({
      to: 'EX01',
      from: ' 203.0.113.7 ',
      port: '25',
      auth: 'none',
      tls: 'starttls',
      cert: 'none',
    })
    expect(formSearch(form)).toBe('from=203.0.113.7&to=EX01')
    expect(isEmptyForm(parseForm({ foo: 'bar' }))).toBe(true)
    expect(parseForm({})).toEqual(emptyForm)
  })

  it('keeps no local part of a mail address', () => {
    const form = parseForm({ sender: 'a.person@contoso.com', rcpt: 'b@c@fabrikam.com' })
    expect(formSearch(form)).toBe('rcpt=fabrikam.com&sender=contoso.com')
  })

  it('takes a name of its own for the certificate', () =>
    expect(parseForm({ cert: 'name', name: 'mail.example.net' }).cert).toBe('mail.example.net'))

  it('asks by domains', () =>
    expect(
      question({ from: '203.0.113.7', to: 'EX01', sender: 'example.net', rcpt: 'contoso.com', size: '1.5' }),
    ).toMatchObject({
      from: '203.0.113.7',
      to: 'EX01',
      port: 25,
      mailFrom: 'someone@example.net',
      rcptTo: 'someone@contoso.com',
      size: 1572864,
    }))

  it('asks at one local address of the server', () => {
    const bound = question({ from: '203.0.113.7', to: 'EX01', local: '10.0.0.5' })
    expect(bound.localIp).toBe('10.0.0.5')
    expect(formSearch(parseForm({ local: '10.0.0.5', to: 'EX01' }))).toBe('local=10.0.0.5&to=EX01')
    expect(problems({ from: '203.0.113.7', local: 'EX01' })).toEqual([{ field: 'local', problem: 'address' }])
  })

  it('knows the null sender', () => expect(question({ from: '203.0.113.7', sender: '<>' }).mailFrom).toBe(''))

  it('knows Exchange Online by its certificate, its addresses and its tenant', () => {
    const own = question({ cert: 'exchange-online', to: 'EX01' })
    expect(own).toMatchObject({ peerCert: 'mail.protection.outlook.com', originator: 'contoso.onmicrosoft.com' })
    expect(own.origin).toBe('exchange-online')
    expect(own.from).not.toBeNull()
    const other = question({ cert: 'other-tenant', to: 'EX01' })
    expect(other).toMatchObject({ origin: 'other-tenant', peerCert: 'mail.protection.outlook.com' })
    expect(other.originator).not.toBe('contoso.onmicrosoft.com')
  })

  it('asks a range by its first address', () => {
    const asked = ask({ from: '10.20.0.0/16', to: 'EX01' })
    expect('question' in asked && asked.question.from).toBe('10.20.0.0')
    expect('question' in asked && asked.span).toMatchObject({ text: '10.20.0.0/16' })
    expect('question' in ask({ from: '10.20.0.1/32' }) && ask({ from: '10.20.0.1/32' })).toMatchObject({ span: null })
  })

  it('says what is wrong, each at its field', () => {
    expect(problems({ from: '10.0.0.300', port: 'x', rcpt: 'a b', size: 'big', auth: 'maybe' })).toEqual([
      { field: 'rcpt', problem: 'domain' },
      { field: 'size', problem: 'size' },
      { field: 'from', problem: 'address' },
      { field: 'port', problem: 'number' },
      { field: 'auth', problem: 'choice' },
    ])
    expect(problems({ to: 'EX01' })).toEqual([{ field: 'from', problem: 'missing' }])
    expect(problems({ start: 'on-premises', from: '10.0.0.1' })).toEqual([{ field: 'from', problem: 'not-with-start' }])
    expect(problems({ start: 'on-premises' })).toEqual([{ field: 'rcpt', problem: 'recipient-missing' }])
    expect(problems({ start: 'the moon' })[0]).toMatchObject({ field: 'start', problem: 'choice' })
  })

  it('turns round', () => {
    const form = parseForm({ from: '10.0.0.9', to: 'EX01', auth: 'user', sender: 'contoso.com', rcpt: 'example.net' })
    const back = swapForm(form)
    expect(formSearch(back)).toBe('rcpt=contoso.com&sender=example.net&start=on-premises&to=EX01')
    expect(swapForm(back)).toMatchObject({ from: '203.0.113.7', start: '', to: 'EX01', rcpt: 'example.net' })
    const cloud = swapForm(parseForm({ from: '203.0.113.7', to: 'exchange-online' }))
    expect(cloud).toMatchObject({ start: 'exchange-online', to: '', from: '' })
    expect(swapForm(cloud)).toMatchObject({ from: '203.0.113.7', to: 'exchange-online' })
  })
})
