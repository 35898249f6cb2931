package io.velvetastro.views;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** A question is over when its answer is there, and not when somebody has taken it: who reads slowly keeps nobody's connection. */
@RestControllerAdvice
class AnswersAreTaken implements ResponseBodyAdvice<Object> {
    @Override
    public boolean supports(MethodParameter answered, Class<? extends HttpMessageConverter<?>> written) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter answered,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> written,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        Readers.rest();
        return body;
    }
}
