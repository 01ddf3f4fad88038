'use client'
import dynamic from 'next/dynamic'

/** The dialog in a file of its own, which is fetched when one is opened for the first time. */
export const LazyDialog = dynamic(() => import('./dialog').then((m) => m.Dialog), { ssr: false })
