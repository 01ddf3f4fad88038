// What every page, route handler and server action asks for: the permission, and where it is asked. Written down a second time, apart from
// the code: access.spec.ts finds everything that the build contains, and walks it with every role. What is missing here fails there.

export type Role = 'admin' | 'auditor' | 'viewer' | 'uploader'

/** Who may, as in the README's table of roles. */
export const allowed = {
  /** Anybody: it tells nothing. */
  open: ['admin', 'auditor', 'viewer', 'uploader'],
  self: ['admin', 'auditor', 'viewer', 'uploader'],
  status: ['admin', 'auditor', 'viewer', 'uploader'],
  read: ['admin', 'auditor', 'viewer'],
  raw: ['admin', 'auditor'],
  upload: ['admin', 'auditor', 'uploader'],
  delete: ['admin', 'auditor'],
  decide: ['admin', 'auditor'],
  ask: ['admin', 'auditor', 'viewer'],
  share: ['admin', 'auditor'],
  tokens: ['admin', 'auditor', 'viewer', 'uploader'],
  activity: ['admin', 'auditor'],
  manage: ['admin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>
export type Needs = keyof typeof allowed

/** `of`: the object that the address or the fields name, where it is asked; `owner`: only admins and the one who made it. `guest`: what a share link opens, tested in guest.spec.ts. */
export type Entry = { readonly needs: Needs; readonly of?: 'audit' | 'environment' | 'owner' } | 'guest'

const audit = (needs: Needs): Entry => ({ needs, of: 'audit' })
const environment = (needs: Needs): Entry => ({ needs, of: 'environment' })
const owner = (needs: Needs): Entry => ({ needs, of: 'owner' })
const any = (needs: Needs): Entry => ({ needs })

export const pages: Readonly<Record<string, Entry>> = {
  '/': any('self'),
  '/a/[audit]': audit('read'),
  '/a/[audit]/coverage': audit('read'),
  '/a/[audit]/files': audit('read'),
  '/a/[audit]/files/[file]': audit('raw'),
  '/a/[audit]/findings': audit('read'),
  '/a/[audit]/findings/[finding]': audit('read'),
  '/a/[audit]/map': audit('read'),
  '/a/[audit]/relay': audit('ask'),
  '/a/[audit]/share': audit('share'),
  '/a/[audit]/simulate': audit('ask'),
  '/collect': any('self'),
  '/e/[env]': environment('read'),
  '/e/[env]/compare': environment('ask'),
  '/help': any('self'),
  '/new': any('upload'),
  '/new/[draft]': audit('upload'),
  '/new/[draft]/files/[upload]': audit('upload'),
  '/rules': any('self'),
  '/rules/[id]': any('self'),
  '/setup': any('open'),
  '/shares': any('share'),
  '/shares/preview/[audit]/[view]/[[...path]]': audit('share'),
  '/sign-in': any('open'),
  '/s': 'guest',
  '/s/[share]': 'guest',
  '/s/[share]/[...rest]': 'guest',
  '/s/[share]/compare': 'guest',
  '/s/[share]/coverage': 'guest',
  '/s/[share]/findings': 'guest',
  '/s/[share]/findings/[finding]': 'guest',
  '/s/[share]/map': 'guest',
}

export const handlers: Readonly<Record<string, Entry>> = {
  'GET /a/[audit]/map/svg': audit('ask'),
  'GET /a/[audit]/relay/csv': audit('ask'),
  'GET /api/activity/export': any('activity'),
  'POST /api/audits/[audit]/start': audit('upload'),
  'GET /api/audits/[audit]/status': audit('status'),
  'POST /api/drafts': any('upload'),
  'GET /api/drafts/[audit]': audit('upload'),
  'PATCH /api/drafts/[audit]': audit('upload'),
  'PUT /api/drafts/[audit]/uploads': audit('upload'),
  'DELETE /api/drafts/[audit]/uploads/[upload]': audit('upload'),
  'GET /api/health': any('open'),
  'GET /api/ready': any('open'),
  'POST /api/samples': any('upload'),
  'POST /api/setup': any('open'),
  'GET /api/v1/audits/[audit]': audit('status'),
  'GET /api/v1/audits/[audit]/export': audit('ask'),
  'GET /api/v1/audits/[audit]/exposure': audit('ask'),
  'GET /api/v1/audits/[audit]/findings': audit('read'),
  'GET /api/v1/audits/[audit]/report': audit('read'),
  'GET /api/v1/audits/[audit]/sources/[source]/raw': audit('raw'),
  'POST /api/v1/audits/[audit]/trace': audit('ask'),
  'GET /collect/Collect-Postern.ps1': any('self'),
  'GET /e/[env]/accepted': environment('ask'),
  'GET /icon.svg': any('open'),
  'GET /s/[share]/export': 'guest',
  'GET /s/[share]/map/svg': 'guest',
  'POST /s/[share]/opened': 'guest',
  'GET /shares/[share]/keys': owner('share'),
}

export const actions: Readonly<Record<string, Entry>> = {
  'app/actions.ts deleteAuditAction': audit('delete'),
  'app/actions.ts endAcceptanceAction': environment('decide'),
  'app/actions.ts startSample': any('upload'),
  'app/a/[audit]/actions.ts acceptFinding': audit('decide'),
  'app/a/[audit]/actions.ts endFindingAcceptance': audit('decide'),
  'app/a/[audit]/actions.ts retryAnalysis': audit('upload'),
  'app/new/actions.ts addFiles': audit('upload'),
  'app/new/actions.ts analyseAgain': audit('upload'),
  'app/new/actions.ts removeFile': audit('upload'),
  'app/new/actions.ts saveAnswer': audit('upload'),
  'app/new/actions.ts saveMx': audit('upload'),
  'app/new/actions.ts saveName': audit('upload'),
  'app/new/actions.ts splitFiles': audit('upload'),
  'app/preferences.ts setLocale': any('open'),
  'app/preferences.ts setTheme': any('open'),
  'app/s/actions.ts unlockAction': 'guest',
  'app/setup/actions.ts setUpAction': any('open'),
  'app/shares/actions.ts createLink': audit('share'),
  'app/shares/actions.ts endLink': owner('share'),
  'app/shares/actions.ts renewLink': owner('share'),
  'app/sign-in/actions.ts signInAction': any('open'),
  'app/sign-in/actions.ts signOutAction': any('self'),
}
