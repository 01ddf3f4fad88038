export { AppShell } from './app-shell'
export type { ShellAudit } from './audit-nav'
export { ClientMessages } from './client-messages'
export { type FormAction, type Theme, themes } from './preferences'
