/**
 * The post-mortem, assembled from what was recorded. Start reading at {@code ReviewDesk}, then
 * {@code PostMortemText}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.learn;
