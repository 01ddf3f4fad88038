import { notActivePage } from '@/app/s/guest-page'

/** What no link has: answered like a link that is not active. */
export default notActivePage
