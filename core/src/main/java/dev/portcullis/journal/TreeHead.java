package dev.portcullis.journal;

/**
 * What a checkpoint signs.
 *
 * @param size records in the tree
 * @param root its hash, base64
 */
record TreeHead(long size, String root) {}
