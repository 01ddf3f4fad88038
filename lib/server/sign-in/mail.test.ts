import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readSettings, replaceSettings } from '../env'
import { canSendMail, sendMail } from './mail'

type Mail = { readonly to: readonly string[]; readonly from: string; readonly head: string; readonly body: string }

const mails: Mail[] = []
let isRefusing = false
const server = new SMTPServer({
  ...{ authOptional: true, disabledCommands: ['STARTTLS'], disableReverseLookup: true, logger: false },
  onRcptTo: (_address, _session, done) => done(isRefusing ? new Error('no such mailbox') : null),
  onAuth: ({ username, password }, _, done) =>
    done(null, username === 'anna' && password === 'p@ss' ? { user: 'anna' } : {}),
  onData: (stream, session, done) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const [head = '', ...body] = text.split('\r\n\r\n')
      const { mailFrom, rcptTo } = session.envelope
      mails.push({
        to: rcptTo.map((r) => r.address),
        from: (mailFrom || { address: '' }).address,
        head,
        body: body.join('\n\n'),
      })
      done()
    })
  },
})

/** Text of a header as a mail program shows it. */
const header = (mail: Mail | undefined, name: string): string => {
  const line = new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'mi').exec(mail?.head ?? '')?.[1] ?? ''
  return line
    .replace(/\r\n\s/g, ' ')
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (_, q: string) =>
      decodeURIComponent(q.replace(/_/g, ' ').replace(/%/g, '%25').replace(/=/g, '%')),
    )
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, b: string) => Buffer.from(b, 'base64').toString())
}

describe('mail', () => {
  const use = (url: string) =>
    replaceSettings(
      readSettings({
        ...{
          POSTERN_SMTP_URL: url,
          POSTERN_MAIL_FROM: 'postern@contoso.com',
          POSTERN_PUBLIC_URL: 'https://p.contoso.com',
        },
      }),
    )
  let port = 0
  const local = () => `smtp://127.0.0.1:${port}`
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.server.address() as AddressInfo).port
  })
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))
  beforeEach(() => {
    isRefusing = false
    mails.length = 0
    use(local())
  })

  const link = `https://p.contoso.com/link/${'a'.repeat(43)}`
  const anna = { name: 'Anna Grün', email: 'anna@contoso.com' }

  it.each([
    ['invite', 'en', 'Your invitation to Postern', 'within seven days'],
    ['invite', 'de', 'Ihre Einladung zu Postern', 'Wählen Sie hier Ihr Kennwort'],
    ['reset', 'en', 'A new password for Postern', 'within an hour'],
    ['reset', 'de', 'Ein neues Kennwort für Postern', 'angefordert'],
  ] as const)('%s in %s', async (kind, locale, subject, part) => {
    await sendMail(kind, anna, link, locale)
    const [mail] = mails
    expect(mail).toMatchObject({ to: ['anna@contoso.com'], from: 'postern@contoso.com' })
    expect(header(mail, 'Subject')).toBe(subject)
    expect(header(mail, 'From')).toBe('Postern <postern@contoso.com>')
    expect(header(mail, 'To')).toBe('Anna Grün <anna@contoso.com>')
    expect(header(mail, 'Auto-Submitted')).toBe('auto-generated')
    const body = decoded(mail)
    for (const text of [link, part, 'Anna Grün']) expect(body).toContain(text)
  })

  /** Body without its transfer encoding. */
  function decoded(mail: Mail | undefined): string {
    const encoding = header(mail, 'Content-Transfer-Encoding')
    if (encoding === 'base64') return Buffer.from(mail?.body ?? '', 'base64').toString()
    if (encoding !== 'quoted-printable') return mail?.body ?? ''
    const bytes = (mail?.body ?? '')
      .replace(/=\r\n/g, '')
      .replace(/%/g, '%25')
      .replace(/=([0-9A-F]{2})/g, '%$1')
    return decodeURIComponent(bytes)
  }

  it.each([
    'Anna\r\nBcc: all@evil.example',
    'Anna\nSubject: other\n\nbody',
    'Anna" <all@evil.example>, "x',
    'Anna, all@evil.example',
    '{link}',
    'A'.repeat(300),
  ])('the name %j begins no header and names no recipient', async (name) => {
    await sendMail('reset', { ...anna, name }, link, 'en')
    expect(mails[0]?.to).toEqual(['anna@contoso.com'])
    expect(mails[0]?.head).not.toMatch(/^Bcc:/im)
    expect(mails[0]?.head.match(/^Subject:/gim)).toHaveLength(1)
    expect(header(mails[0], 'Subject')).toBe('A new password for Postern')
    expect(decoded(mails[0]).split(link)).toHaveLength(2)
  })

  it.each([
    'anna@contoso.com, all@evil.example',
    'anna@contoso.com\r\nRCPT TO:<all@evil.example>',
    'a <all@evil.example>',
  ])('the address %j goes to nobody else', async (email) => {
    await sendMail('reset', { ...anna, email }, link, 'en').catch(() => undefined)
    expect(mails.flatMap((mail) => mail.to).filter((to) => to === 'all@evil.example')).toEqual([])
  })

  it('sends a password to this machine in clear, and to no other', async () => {
    use(`smtp://anna:p%40ss@127.0.0.1:${port}`)
    await sendMail('reset', anna, link, 'en')
    expect(mails).toHaveLength(1)
    use(`smtp://anna:wrong@127.0.0.1:${port}`)
    await expect(sendMail('reset', anna, link, 'en')).rejects.toMatchObject({ code: 'EAUTH' })
    use(`smtp://anna:p%40ss@0.0.0.0:${port}`)
    await expect(sendMail('reset', anna, link, 'en')).rejects.toThrow(/STARTTLS|TLS/)
    expect(mails).toHaveLength(1)
  })

  it('fails where the server does not take it, and is off where there is none', async () => {
    isRefusing = true
    await expect(sendMail('reset', anna, link, 'en')).rejects.toThrow('no such mailbox')
    replaceSettings(readSettings({}))
    expect(canSendMail()).toBe(false)
    await expect(sendMail('reset', anna, link, 'en')).rejects.toThrow('No mail server')
  })
})
