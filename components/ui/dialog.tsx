'use client'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'

export type DialogProps = { title: string; onClose: () => void; role?: 'dialog' | 'alertdialog'; children: ReactNode }

/** A modal dialog: keeps the focus, ends with Esc, gives the focus back. Load it lazily: most visits never open one. */
export function Dialog({ title, onClose, role = 'dialog', children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable={role === 'dialog'}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      className="fixed inset-0 z-50 flex items-start justify-center overflow-y-auto bg-scrim p-4 sm:items-center print:hidden"
    >
      <Modal className="w-full max-w-reading rounded-card border border-line-strong bg-canvas p-5 text-ink shadow-float">
        <AriaDialog role={role} className="outline-none">
          <Heading slot="title" className="text-h3">
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
