import type { Project } from '@/api/types'
import { Instructions } from '@/features/instructions'
import { Dialog, DialogBody } from '@/ui/Dialog'

interface InstructionsDialogProps {
  project: Project
  onClose: () => void
}

export function InstructionsDialog({ project, onClose }: InstructionsDialogProps) {
  const { name, instructions } = project
  return (
    <Dialog title={`Instructions · ${name}`} isOpen onClose={onClose} size="md">
      <DialogBody>
        {instructions.trim() === '' ? (
          <p>
            This project has no written instructions yet. Ask its manager, who writes them under
            Settings.
          </p>
        ) : (
          <Instructions projectId={project.id} source={instructions} />
        )}
      </DialogBody>
    </Dialog>
  )
}
