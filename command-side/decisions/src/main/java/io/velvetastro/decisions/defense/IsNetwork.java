package io.velvetastro.decisions.defense;

import io.velvetastro.language.Network;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** Says of a text that it must be an address or a network in CIDR notation. */
@Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = IsNetwork.Check.class)
public @interface IsNetwork {
    String message() default "must be an address or a network such as 203.0.113.7 or 203.0.113.0/24";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Tries to read it. */
    final class Check implements ConstraintValidator<IsNetwork, String> {
        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            if (text == null) return true;
            try {
                Network.of(text);
                return true;
            } catch (IllegalArgumentException notOne) {
                return false;
            }
        }
    }
}
