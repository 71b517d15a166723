package dev.portcullis.config;

/**
 * What an OpenAPI document says about the bodies of one operation ({@code x-data-class}, {@code
 * x-data-subject}).
 */
public record OperationData(BodyData response, BodyData request) {}
