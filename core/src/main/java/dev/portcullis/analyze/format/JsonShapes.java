package dev.portcullis.analyze.format;

/** The JSON logs that are known by name: what each product calls what. */
final class JsonShapes {
  private JsonShapes() {}

  /** Traefik's {@code format: json}. */
  static JsonShape traefik() {
    return JsonShape.of("traefik-json", "DownstreamStatus", "RequestPath")
        .with(Field.TIME, "StartUTC", "StartLocal", "time")
        .with(Field.SOURCE, "ClientHost", "ClientAddr")
        .with(Field.FORWARDED, "request_X-Forwarded-For")
        .with(Field.USER, "ClientUsername")
        .with(Field.METHOD, "RequestMethod")
        .with(Field.TARGET, "RequestPath")
        .with(Field.STATUS, "DownstreamStatus")
        .with(Field.RECEIVED, "RequestContentSize")
        .with(Field.SENT, "DownstreamContentSize")
        .with(Field.AGENT, "request_User-Agent")
        .with(Field.REFERER, "request_Referer");
  }

  /** The serialisers of Kong's logging plugins. */
  static JsonShape kong() {
    return JsonShape.of("kong-json", "latencies", "started_at", "request")
        .with(Field.TIME, "started_at")
        .with(Field.SOURCE, "client_ip")
        .with(Field.FORWARDED, "request/headers/x-forwarded-for")
        .with(Field.USER, "consumer/username", "consumer/custom_id", "consumer/id")
        .with(Field.KEY, "authenticated_entity/id")
        .with(Field.METHOD, "request/method")
        .with(Field.TARGET, "request/uri", "request/url")
        .with(Field.STATUS, "response/status")
        .with(Field.RECEIVED, "request/size")
        .with(Field.SENT, "response/size")
        .with(Field.AGENT, "request/headers/user-agent")
        .with(Field.REFERER, "request/headers/referer");
  }

  /** The JSON that Envoy's documentation and Istio's {@code accessLogEncoding: JSON} write. */
  static JsonShape envoy() {
    return JsonShape.of("envoy-json", "start_time", "response_code", "response_flags")
        .with(Field.TIME, "start_time")
        .with(Field.SOURCE, "downstream_remote_address")
        .with(Field.FORWARDED, "x_forwarded_for", "x-forwarded-for")
        .with(Field.METHOD, "method", "req_method")
        .with(Field.TARGET, "path", "x-envoy-origin-path", "x_envoy_original_path")
        .with(Field.STATUS, "response_code")
        .with(Field.RECEIVED, "bytes_received")
        .with(Field.SENT, "bytes_sent")
        .with(Field.AGENT, "user_agent", "user-agent")
        .with(Field.REFERER, "referer");
  }

  /** API Gateway's suggested JSON, for REST and HTTP APIs. */
  static JsonShape apiGateway() {
    return JsonShape.of("aws-api-gateway", "requestId", "requestTime", "httpMethod")
        .with(Field.TIME, "requestTime", "requestTimeEpoch")
        .with(Field.SOURCE, "ip", "sourceIp")
        .with(Field.USER, "user", "caller", "principalId")
        .with(Field.KEY, "apiKeyId", "apiKey")
        .with(Field.METHOD, "httpMethod")
        .with(Field.TARGET, "path", "resourcePath", "routeKey")
        .with(Field.STATUS, "status")
        .with(Field.SENT, "responseLength")
        .with(Field.AGENT, "userAgent");
  }

  /** Azure Application Gateway's access log, both its versions. */
  static JsonShape azureApplicationGateway() {
    return JsonShape.of("azure-application-gateway", "properties/clientIP", "properties/httpStatus")
        .with(Field.TIME, "timeStamp", "time")
        .with(Field.SOURCE, "properties/clientIP")
        .with(Field.METHOD, "properties/httpMethod")
        .with(Field.TARGET, "properties/originalRequestUriWithArgs", "properties/requestUri")
        .with(Field.QUERY, "properties/requestQuery")
        .with(Field.STATUS, "properties/httpStatus")
        .with(Field.RECEIVED, "properties/receivedBytes")
        .with(Field.SENT, "properties/sentBytes")
        .with(Field.AGENT, "properties/userAgent")
        .with(Field.REFERER, "properties/httpReferer");
  }

  /** Azure Front Door: classic, standard and premium. */
  static JsonShape azureFrontDoor() {
    return JsonShape.of("azure-front-door", "properties/clientIp", "properties/httpStatusCode")
        .with(Field.TIME, "time")
        .with(Field.SOURCE, "properties/clientIp")
        .with(Field.METHOD, "properties/httpMethod")
        .with(Field.TARGET, "properties/requestUri")
        .with(Field.STATUS, "properties/httpStatusCode")
        .with(Field.RECEIVED, "properties/requestBytes")
        .with(Field.SENT, "properties/responseBytes")
        .with(Field.AGENT, "properties/userAgent")
        .with(Field.REFERER, "properties/referer", "properties/referrer");
  }

  /** Google Cloud's LogEntry of an application load balancer. */
  static JsonShape google() {
    return JsonShape.of("google-load-balancer", "httpRequest/requestUrl", "httpRequest/status")
        .with(Field.TIME, "timestamp", "receiveTimestamp")
        .with(Field.SOURCE, "httpRequest/remoteIp")
        .with(Field.METHOD, "httpRequest/requestMethod")
        .with(Field.TARGET, "httpRequest/requestUrl")
        .with(Field.STATUS, "httpRequest/status")
        .with(Field.RECEIVED, "httpRequest/requestSize")
        .with(Field.SENT, "httpRequest/responseSize")
        .with(Field.AGENT, "httpRequest/userAgent")
        .with(Field.REFERER, "httpRequest/referer");
  }

  /**
   * What people call things in the JSON logs they define themselves for nginx and Apache, in the
   * Elastic Common Schema, and in Caddy.
   */
  static JsonShape general() {
    return JsonShape.of("json")
        .with(Field.TIME, "@timestamp", "time_iso8601", "timestamp", "time_local", "datetime")
        .with(
            Field.TIME, "event_datetime", "time", "ts", "msec", "date", "created_at", "start_time")
        .with(Field.SOURCE, "remote_addr", "clientip", "client_ip", "client/ip", "source/ip")
        .with(Field.SOURCE, "client.ip", "source.ip", "remote_ip", "remoteip", "source.address")
        .with(Field.SOURCE, "request/client_ip", "request/remote_ip", "remote_host", "remotehost")
        .with(Field.SOURCE, "source/address", "client", "ip", "src_ip", "host_ip")
        .with(Field.FORWARDED, "http_x_forwarded_for", "x_forwarded_for", "x-forwarded-for", "xff")
        .with(Field.FORWARDED, "request/headers/X-Forwarded-For")
        .with(Field.USER, "remote_user", "user/name", "user.name", "auth", "user_id", "user")
        .with(Field.KEY, "http_x_api_key", "x_api_key", "api_key", "api_key_id", "key_id")
        .with(Field.METHOD, "request_method", "method", "http/request/method", "request/method")
        .with(Field.METHOD, "http.request.method", "verb", "http_method", "http/method")
        .with(Field.TARGET, "request_uri", "url/original", "url.original", "request/uri", "uri")
        .with(Field.TARGET, "url/path", "url.path", "request_path", "http/url", "url", "path")
        .with(Field.QUERY, "url/query", "url.query", "query_string", "args", "query")
        .with(Field.REQUEST, "request", "request_line")
        .with(Field.STATUS, "status", "http/response/status_code", "http.response.status_code")
        .with(
            Field.STATUS, "status_code", "response/status", "response", "http/status_code", "code")
        .with(Field.RECEIVED, "request_length", "request_bytes", "http/request/bytes", "bytes_read")
        .with(Field.SENT, "body_bytes_sent", "bytes_sent", "http/response/body/bytes", "bytes")
        .with(Field.SENT, "http.response.body.bytes", "size", "response_bytes", "response_size")
        .with(Field.AGENT, "http_user_agent", "user_agent/original", "user_agent.original")
        .with(Field.AGENT, "user_agent", "useragent", "agent", "request/headers/User-Agent")
        .with(Field.REFERER, "http_referer", "http_referrer", "http/request/referrer", "referer")
        .with(Field.REFERER, "referrer", "request/headers/Referer");
  }
}
