// A file of a run over the window: evidence, artifact, patch. Opened by `session.preview`.

import { displayName } from '../../../core/model/run';
import type { OverlayModule } from '../../registry/overlays';
import { useApp, useLibrary, useSession } from '../../state/app';
import { Dialog } from '../../widgets/dialog';
import { FilePreviewBody } from './body';

function Preview() {
  const app = useApp();
  const preview = useSession((session) => session.preview);
  const run = useLibrary((library) => (preview ? library.runs.get(preview.run) : undefined));
  if (!preview || !run) return null;
  return (
    <Dialog open onClose={() => app.session.setState({ preview: null })} title={`${preview.path} · ${displayName(run)}`} width="l">
      <FilePreviewBody preview={preview} size={run.artifacts.find(({ path }) => path === preview.path)?.size ?? null} />
    </Dialog>
  );
}

export const overlay: OverlayModule = { meta: { id: 'preview' }, Component: Preview };
