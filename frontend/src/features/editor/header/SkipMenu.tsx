import { Button } from '@/ui/Button'
import { Menu, MenuGroup, MenuItem } from '@/ui/Menu'
import { SkipForward } from '../icons'

const REASONS = [
  'Nothing to label',
  'Image is unusable',
  'Instructions do not cover it',
  'Too difficult for me',
]

interface SkipMenuProps {
  isDisabled: boolean
  onSkip: (reason: string) => void
}

/** Skipping always has a reason: the project manager sorts skipped images by it. */
export function SkipMenu({ isDisabled, onSkip }: SkipMenuProps) {
  return (
    <Menu
      label="Skip this image"
      trigger={
        <Button size="sm" variant="quiet" icon={<SkipForward />} isDisabled={isDisabled}>
          Skip
        </Button>
      }
    >
      <MenuGroup title="Skip because">
        {REASONS.map((reason) => (
          <MenuItem key={reason} onAction={() => onSkip(reason)}>
            {reason}
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  )
}
