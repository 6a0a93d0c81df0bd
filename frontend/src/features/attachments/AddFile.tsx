import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useRef } from 'react'
import { Button } from '@/ui/Button'
import { ProblemMessage } from '@/ui/Message'

interface AddFileProps {
  children: string
  icon: ReactNode
  /** As the file dialog's filter. */
  accept: string
  send: (file: File) => Promise<unknown>
}

/** A button that asks for one file and sends it; what is wrong is said below it. */
export function AddFile({ children, icon, accept, send }: AddFileProps) {
  const input = useRef<HTMLInputElement>(null)
  const sending = useMutation({ mutationFn: send })
  return (
    <>
      <Button
        size="sm"
        icon={icon}
        isPending={sending.isPending}
        onPress={() => input.current?.click()}
      >
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        aria-label={children}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          currentTarget.value = ''
          if (file !== undefined) sending.mutate(file)
        }}
      />
      {sending.isError && <ProblemMessage error={sending.error} />}
    </>
  )
}
