import type { Id } from '@/api/types'
import { t } from '@/i18n'
import { Button } from '@/ui/Button'
import { FolderUp, ImagePlus } from '@/ui/icons'
import type { ButtonVariant } from '@/ui/PlainButton'
import { chooseFiles } from './choose-files'
import { uploadQueue } from './uploads'

interface UploadButtonProps {
  projectId: Id
  variant?: ButtonVariant
}

/** Opens the file dialog for images and zips. */
export function UploadButton({ projectId, variant = 'primary' }: UploadButtonProps) {
  const choose = () => chooseFiles('images', (files) => uploadQueue.add(projectId, files))
  return (
    <Button variant={variant} icon={<ImagePlus />} onPress={choose}>
      {t('Upload images')}
    </Button>
  )
}

/** Opens the file dialog for a whole folder. */
export function UploadFolderButton({ projectId }: { projectId: Id }) {
  const choose = () => chooseFiles('folder', (files) => uploadQueue.add(projectId, files))
  return (
    <Button icon={<FolderUp />} onPress={choose}>
      {t('Upload folder')}
    </Button>
  )
}
