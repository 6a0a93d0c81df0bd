import type { Project } from '@/api/types'
import { Instructions } from '@/features/instructions'
import { t } from '@/i18n'
import { Dialog, DialogBody } from '@/ui/Dialog'

interface InstructionsDialogProps {
  project: Project
  onClose: () => void
}

export function InstructionsDialog({ project, onClose }: InstructionsDialogProps) {
  const { name, instructions } = project
  return (
    <Dialog title={t('Instructions · {name}', { name })} isOpen onClose={onClose} size="md">
      <DialogBody>
        {instructions.trim() === '' ? (
          <p>
            {t(
              'This project has no written instructions yet. Ask its manager, who writes them under Settings.',
            )}
          </p>
        ) : (
          <Instructions projectId={project.id} source={instructions} />
        )}
      </DialogBody>
    </Dialog>
  )
}
