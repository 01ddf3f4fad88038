import { notActivePage } from './guest-page'

/** No link has this address. */
export default notActivePage
