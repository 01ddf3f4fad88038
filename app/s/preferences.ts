import 'server-only'
import { setLocale, setTheme } from '@/app/preferences'
import { currentTheme } from '@/app/shell'

/** Language and colours, which guests choose as everybody does. */
export const preferences = async () => ({ theme: await currentTheme(), setTheme, setLocale })
