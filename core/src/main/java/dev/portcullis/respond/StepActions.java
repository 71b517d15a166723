package dev.portcullis.respond;

import dev.portcullis.config.PlaybookSettings.Step;

/**
 * What each kind of step does; {@code contain} is the responder's own. All MUST be idempotent per
 * incident, see {@link StepAction}.
 *
 * @param scope determines what was reached
 * @param obligations starts the clocks
 * @param notices drafts and, where configured so, sends the notices
 * @param restore brings an asset back
 * @param postMortem assembles the draft
 */
public record StepActions(
    StepAction<Step.DetermineScope> scope,
    StepAction<Step.StartClocks> obligations,
    StepAction<Step.Notify> notices,
    StepAction<Step.Restore> restore,
    StepAction<Step.DraftPostMortem> postMortem) {}
